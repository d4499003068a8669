#include "planning/bundle.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

namespace termwise {
namespace {

constexpr std::size_t kMostPlanes = 160;
constexpr int kMostUnused = 25;
constexpr int kMostMixSteps = 400;

}  // namespace

Bundle::Bundle(std::vector<double> point, std::vector<double> scale, double reach)
    : scale_(std::move(scale)),
      center_(point.size()),
      next_(std::move(point)),
      step_(next_.size(), 0.0),
      reach_(reach) {
    for (std::size_t i = 0; i < center_.size(); ++i) center_[i] = next_[i] / scale_[i];
}

void Bundle::add(double value, std::vector<double> gradient) {
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] *= scale_[i];
    const std::size_t evaluation = evaluations_++;
    if (planes_.empty()) {
        center_value_ = value;
        planes_.push_back({evaluation, std::move(gradient), 0, 1, 0});
        return;
    }
    const double gain = value - center_value_;
    // Over the value at the centre: the plane's value there.
    double above = gain;
    for (std::size_t i = 0; i < gradient.size(); ++i) above -= gradient[i] * step_[i];
    constexpr double kSeriousPart = 0.1;
    if (gain >= kSeriousPart * promised_) {
        for (Plane& plane : planes_) {
            double moved = 0;
            for (std::size_t i = 0; i < step_.size(); ++i) moved += plane.gradient[i] * step_[i];
            plane.above = std::max(plane.above + moved - gain, 0.0);
        }
        for (std::size_t i = 0; i < step_.size(); ++i) center_[i] += step_[i];
        center_value_ = value;
        best_ = evaluation;
        planes_.push_back({evaluation, std::move(gradient), 0, 0, 0});
        adapt_after_gain(gain);
    } else {
        planes_.push_back({evaluation, std::move(gradient), std::max(above, 0.0), 0, 0});
        adapt_after_none(std::max(above, 0.0));
    }
    drop_unused();
}

void Bundle::adapt_after_gain(double gain) {
    const double by_curve = 2 * (1 - gain / promised_);  // of the weight 1 / reach_
    double factor = 1;
    if (gain >= 0.5 * promised_ && in_a_row_ > 0)
        factor = by_curve;
    else if (in_a_row_ > 3)
        factor = 0.5;
    factor = std::clamp(factor, 0.1, 1.0);
    in_a_row_ = std::max(in_a_row_ + 1, 1);
    if (factor < 1) {
        reach_ /= factor;
        in_a_row_ = 1;
    }
}

void Bundle::adapt_after_none(double above) {
    double factor = 1;
    if (above > std::max(mixed_error_, 10 * promised_) && in_a_row_ < -3)
        factor = 2 * (1 + above / promised_);
    factor = std::clamp(factor, 1.0, 10.0);
    in_a_row_ = std::min(in_a_row_ - 1, -1);
    if (factor > 1) {
        reach_ /= factor;
        in_a_row_ = -1;
    }
}

void Bundle::drop_unused() {
    std::erase_if(
        planes_, [&](const Plane& plane) { return plane.unused > kMostUnused && plane.evaluation != best_; });
    while (planes_.size() > kMostPlanes) {
        const auto found =
            std::ranges::max_element(planes_, {}, [](const Plane& plane) { return plane.unused; });
        planes_.erase(found);
    }
}

/// The step from the centre that planes so mixed ask for; no price falls below zero.
void Bundle::point_of(const std::vector<double>& weights, std::vector<double>& step) const {
    step.assign(center_.size(), 0.0);
    for (std::size_t k = 0; k < planes_.size(); ++k)
        if (weights[k] > 0)
            for (std::size_t i = 0; i < step.size(); ++i) step[i] += weights[k] * planes_[k].gradient[i];
    for (std::size_t i = 0; i < step.size(); ++i) step[i] = std::max(reach_ * step[i], -center_[i]);
}

double Bundle::objective(const std::vector<double>& weights) const {
    std::vector<double> sum(center_.size(), 0.0);
    double value = 0;
    for (std::size_t k = 0; k < planes_.size(); ++k) {
        if (weights[k] <= 0) continue;
        value += weights[k] * planes_[k].above;
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weights[k] * planes_[k].gradient[i];
    }
    for (std::size_t i = 0; i < sum.size(); ++i) {
        const double step = std::max(reach_ * sum[i], -center_[i]);
        value += sum[i] * step - step * step / (2 * reach_);
    }
    return value;
}

void Bundle::move_to(const std::vector<double>& weights) {
    for (std::size_t k = 0; k < planes_.size(); ++k) planes_[k].weight = weights[k];
    point_of(weights, step_);
    slope_.assign(planes_.size(), 0.0);
    for (std::size_t k = 0; k < planes_.size(); ++k) {
        slope_[k] = planes_[k].above;
        for (std::size_t i = 0; i < step_.size(); ++i) slope_[k] += planes_[k].gradient[i] * step_[i];
    }
}

/// Moves weight from the plane that would lose most by it to the one that would gain most. False if that is
/// of no use.
bool Bundle::pair_step() {
    std::size_t to = 0, from = planes_.size();
    for (std::size_t k = 0; k < planes_.size(); ++k) {
        if (slope_[k] < slope_[to]) to = k;
        if (planes_[k].weight > 0 && (from == planes_.size() || slope_[k] > slope_[from])) from = k;
    }
    const double difference = slope_[from] - slope_[to];
    const double size = std::abs(slope_[from]) + std::abs(slope_[to]);
    if (to == from || difference <= 1e-9 * size) return false;
    double curve = 0;
    for (std::size_t i = 0; i < step_.size(); ++i) {
        const double d = planes_[to].gradient[i] - planes_[from].gradient[i];
        if (step_[i] > -center_[i] || d > 0) curve += d * d;
    }
    const double most = planes_[from].weight;
    const double moved = curve > 0 ? std::min(difference / (reach_ * curve), most) : most;
    std::vector<double> weights;
    for (const Plane& plane : planes_) weights.push_back(plane.weight);
    weights[to] += moved;
    weights[from] = moved == most ? 0 : weights[from] - moved;
    move_to(weights);
    return true;
}

/// As far as can be to the best mix of the planes that have weight, prices at zero staying there.
void Bundle::newton_step() {
    std::vector<std::size_t> active;
    for (std::size_t k = 0; k < planes_.size(); ++k)
        if (planes_[k].weight > 0) active.push_back(k);
    const auto n = static_cast<Eigen::Index>(active.size());
    if (n < 2) return;
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < step_.size(); ++i)
        if (step_[i] > -center_[i]) free.push_back(i);
    Eigen::MatrixXd gradients(static_cast<Eigen::Index>(free.size()), n);
    for (Eigen::Index k = 0; k < n; ++k)
        for (std::size_t i = 0; i < free.size(); ++i)
            gradients(static_cast<Eigen::Index>(i), k) =
                planes_[active[static_cast<std::size_t>(k)]].gradient[free[i]];
    Eigen::MatrixXd system = Eigen::MatrixXd::Zero(n + 1, n + 1);
    system.topLeftCorner(n, n).noalias() = reach_ * gradients.transpose() * gradients;
    const double ridge = 1e-12 * system.topLeftCorner(n, n).trace() + 1e-300;
    system.topLeftCorner(n, n).diagonal().array() += ridge;
    system.col(n).head(n).setOnes();
    system.row(n).head(n).setOnes();
    Eigen::VectorXd right = Eigen::VectorXd::Zero(n + 1);
    for (Eigen::Index k = 0; k < n; ++k) right(k) = -slope_[active[static_cast<std::size_t>(k)]];
    const Eigen::VectorXd change = system.partialPivLu().solve(right);
    if (!change.allFinite()) return;
    double part = 1;
    for (Eigen::Index k = 0; k < n; ++k)
        if (change(k) < 0)
            part = std::min(part, planes_[active[static_cast<std::size_t>(k)]].weight / -change(k));
    std::vector<double> weights(planes_.size(), 0.0);
    double sum = 0;
    for (Eigen::Index k = 0; k < n; ++k) {
        const Plane& plane = planes_[active[static_cast<std::size_t>(k)]];
        double weight = plane.weight + part * change(k);
        if (weight < 1e-12) weight = 0;
        weights[active[static_cast<std::size_t>(k)]] = weight;
        sum += weight;
    }
    for (double& weight : weights) weight /= sum;
    std::vector<double> before;
    for (const Plane& plane : planes_) before.push_back(plane.weight);
    if (objective(weights) < objective(before)) move_to(weights);
}

void Bundle::solve_mix() {
    std::vector<double> weights;
    for (const Plane& plane : planes_) weights.push_back(plane.weight);
    move_to(weights);
    for (int i = 0; i < kMostMixSteps; ++i) {
        if (!pair_step()) break;
        newton_step();
    }
}

bool Bundle::propose(double enough) {
    solve_mix();
    promised_ = std::numeric_limits<double>::max();
    mixed_error_ = 0;
    for (Plane& plane : planes_) {
        plane.unused = plane.weight > 0 ? 0 : plane.unused + 1;
        mixed_error_ += plane.weight * plane.above;
    }
    for (const double slope : slope_) promised_ = std::min(promised_, slope);
    for (std::size_t i = 0; i < next_.size(); ++i)
        next_[i] = std::max(center_[i] + step_[i], 0.0) * scale_[i];
    return promised_ > enough;
}

std::vector<Bundle::Weight> Bundle::mix() const {
    std::vector<Weight> mix;
    for (const Plane& plane : planes_)
        if (plane.weight > 0) mix.push_back({plane.evaluation, plane.weight});
    return mix;
}

}  // namespace termwise
