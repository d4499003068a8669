// Maximises a concave function of prices, none of them negative, of which each evaluation tells the value and
// a supergradient: the proximal bundle method (Lemaréchal 1978; weights as in Kiwiel, Mathematical
// Programming 46, 1990). What was evaluated is kept as a bundle of planes above the function; the next point
// is the highest of the bundle that is not too far from the best one. The planes that hold it there are mixed
// by weights that sum to one, and at the end the mix of their supergradients is nearly zero where a price is
// positive: for the price of limits that means a mix of what customers would do that fits into the limits.
#pragma once

#include <cstddef>
#include <vector>

namespace termwise {

class Bundle {
  public:
    /// `point`: where it starts, none negative. `scale`: of each coordinate, what counts as a step of one
    /// there. `reach`: how far, in such steps, a step goes for each unit of the supergradient, to begin with;
    /// adapted as the function shows its curvature.
    Bundle(std::vector<double> point, std::vector<double> scale, double reach);

    /// The value and the supergradient at next(); the first time at the starting point.
    void add(double value, std::vector<double> gradient);

    /// Where to evaluate next. Runtime: of a small quadratic program, planes times coordinates for each of
    /// its steps. False: the planes promise no more than `enough` above the best value.
    [[nodiscard]] bool propose(double enough);
    [[nodiscard]] const std::vector<double>& next() const { return next_; }

    [[nodiscard]] double reach() const { return reach_; }
    /// The number of the best evaluation, from 0.
    [[nodiscard]] std::size_t best() const { return best_; }

    struct Weight {
        std::size_t evaluation = 0;  ///< its number, from 0
        double weight = 0;
    };
    /// Of the planes that hold the last proposal; positive, their sum is one; ascending by evaluation.
    [[nodiscard]] std::vector<Weight> mix() const;

  private:
    struct Plane {
        std::size_t evaluation = 0;
        std::vector<double> gradient;  ///< by scaled coordinate
        double above = 0;              ///< at the best point, over its value
        double weight = 0;
        int unused = 0;  ///< proposals that it did not hold
    };

    void solve_mix();
    void move_to(const std::vector<double>& weights);
    bool pair_step();
    void newton_step();
    [[nodiscard]] double objective(const std::vector<double>& weights) const;
    void point_of(const std::vector<double>& weights, std::vector<double>& step) const;
    void drop_unused();
    void adapt_after_gain(double gain);
    void adapt_after_none(double above);

    std::vector<double> scale_;
    std::vector<double> center_;  // scaled
    std::vector<double> next_;
    std::vector<double> step_;   // scaled, from the centre
    std::vector<double> slope_;  // by plane: what weight on it would change
    std::vector<Plane> planes_;
    double center_value_ = 0;
    double promised_ = 0;  // gain at next() by the planes
    double reach_;
    double mixed_error_ = 0;
    int in_a_row_ = 0;  // serious steps, or null steps below zero, since reach_ changed
    std::size_t evaluations_ = 0, best_ = 0;
};

}  // namespace termwise
