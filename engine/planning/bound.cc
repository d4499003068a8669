#include "planning/bound.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>

#include "base/share_out.h"
#include "planning/bundle.h"
#include "planning/customer_solver.h"

namespace termwise {
namespace {

/// Calls `body(next)` in each of `threads` threads; `next()` gives the position of another customer among
/// every `stride`th, or nothing.
template <class Body>
void share_customers(std::size_t customers, std::size_t stride, int threads, const Body& body) {
    constexpr std::size_t kChunk = 64;
    const std::size_t count = (customers + stride - 1) / stride;
    share_out((count + kChunk - 1) / kChunk, static_cast<std::size_t>(std::max(threads, 1)),
              [&](std::size_t, const auto& take) {
                  std::size_t at = 0, end = 0;
                  body([&]() -> std::optional<std::size_t> {
                      if (at == end) {
                          const auto chunk = take();
                          if (!chunk) return std::nullopt;
                          at = *chunk * kChunk;
                          end = std::min(at + kChunk, count);
                      }
                      return at++ * stride;
                  });
              });
}

/// Every `stride`th customer, and as large a part of the room. Sums of integers do not depend on who adds
/// what when.
PricedPortfolio price_sample(const Options& options, const Prices& prices, std::size_t stride, int threads) {
    PricedPortfolio all;
    all.used.assign(options.limits->size(), 0);
    std::mutex mutex;
    share_customers(options.customers.size(), stride, threads, [&](const auto& next) {
        CustomerSolver solver(options);
        PricedPortfolio mine;
        mine.used.assign(all.used.size(), 0);
        CustomerChoice choice;
        std::vector<Use> uses;
        while (const auto c = next()) {
            const CustomerOptions& customer = options.customers[*c];
            const auto answer = solver.solve(customer, prices, choice);
            if (!answer.found()) {
                if (mine.possible || customer.customer < mine.impossible) mine.impossible = customer.customer;
                mine.possible = false;
                continue;
            }
            mine.bound += answer.bound;
            list_uses(options, customer, choice, uses);
            for (const Use& use : uses) mine.used[use.limit.at()] += use.amount;
        }
        const std::scoped_lock lock(mutex);
        all.bound += mine.bound;
        for (std::size_t i = 0; i < mine.used.size(); ++i) all.used[i] += mine.used[i];
        if (!mine.possible && (all.possible || mine.impossible < all.impossible))
            all.impossible = mine.impossible;
        all.possible = all.possible && mine.possible;
    });
    all.bound -= prices.of_room() / static_cast<std::int64_t>(stride);
    return all;
}

/// Customers that a sample has at least, and at most how many steps it is looked at.
constexpr std::size_t kSample = 1'000;
constexpr int kMostSampleSteps = 120;
/// Of what a total could be lowered by at first: what a bound that much higher is not worth a step.
constexpr double kNotWorthIt = 2e-6, kNotWorthItInSample = 1e-4;

class PriceSearch {
  public:
    PriceSearch(const Options& options, std::int64_t target, int threads,
                const std::function<bool(const BoundSearch&)>& stop)
        : options_(options),
          target_(target),
          threads_(threads),
          stop_(stop),
          prices_(options),
          most_price_(static_cast<double>(most_price(options))),
          unit_(std::ldexp(1.0, prices_.shift())) {}

    BoundSearch run(std::vector<Scaled> prices, int most_steps) {
        // All customers first: somebody may have no choice at all, and any bound is better than none.
        found_.prices = std::move(prices);
        if (!note(found_.prices)) return std::move(found_);
        std::vector<Scaled> from = found_.prices;
        for (const std::size_t stride : {512, 64, 8})
            if (options_.customers.size() / stride >= kSample && !is_over_)
                from = search(std::move(from), stride, 0);
        if (!is_over_ && found_.steps < most_steps) (void)search(std::move(from), 1, most_steps);
        return std::move(found_);
    }

  private:
    /// With all customers. False if there is no bound.
    bool note(const std::vector<Scaled>& at) {
        prices_.set(at);
        priced_ = price_portfolio(options_, prices_, threads_);
        const bool first = found_.steps++ == 0;
        if (!priced_.possible) {
            found_.possible = false;
            found_.impossible = priced_.impossible;
            return false;
        }
        if (first || priced_.bound > found_.bound) {
            found_.bound = priced_.bound;
            found_.prices = at;
        }
        if (first) first_bound_ = priced_.bound;
        is_over_ = stop_(found_);
        return true;
    }

    [[nodiscard]] std::vector<double> scales() const {
        // Alike for all buckets of a team, so that its weeks are alike; and what a limit that is short by a
        // part is worth does not depend on whether it counts seconds or money.
        const std::span<const Limit> limits = options_.limits->all();
        std::vector<double> scales;
        for (const Limit& limit : limits) {
            std::int64_t most = 1;
            for (const Limit& other : limits)
                if (limit.is_budget() ? &other == &limit : other.team == limit.team)
                    most = std::max(most, other.room);
            scales.push_back(1 / static_cast<double>(most));
        }
        return scales;
    }

    /// That of the last search, or one so long that a step may gain so much. Of `part` customers for each one
    /// in the sample.
    [[nodiscard]] double reach(const std::vector<double>& excess, double gain, double part) const {
        if (reach_ > 0) return reach_ * part;
        const std::vector<double> scale = scales();
        double square = 0;
        for (std::size_t i = 0; i < excess.size(); ++i)
            if (excess[i] > 0) square += excess[i] * scale[i] * excess[i] * scale[i];
        return square > 0 ? gain / square : 1;
    }

    /// The best prices found for every `stride`th customer and as large a part of the room.
    std::vector<Scaled> search(std::vector<Scaled> from, std::size_t stride, int most_steps) {
        const std::span<const Limit> limits = options_.limits->all();
        const auto part = static_cast<double>(stride);
        const double gain =
            std::max((static_cast<double>(target_) - static_cast<double>(first_bound_) / unit_) / part, 1.0);
        const double enough = std::max(gain * (stride == 1 ? kNotWorthIt : kNotWorthItInSample), 0.25);
        std::vector<double> point;
        for (const Scaled price : from) point.push_back(static_cast<double>(price) / unit_);
        std::optional<Bundle> bundle;
        std::vector<std::vector<Scaled>> tried;
        ScaledSum first = 0;
        for (int step = 0; stride == 1 ? found_.steps < most_steps : step < kMostSampleSteps; ++step) {
            std::vector<Scaled> at;
            if (step == 0) {
                at = from;
            } else {
                if (!bundle->propose(enough)) break;
                if (std::ranges::any_of(bundle->next(), [&](double p) { return p * unit_ > most_price_; }))
                    break;
                for (const double price : bundle->next()) at.push_back(std::llround(price * unit_));
            }
            if (stride == 1) {
                const bool is_known = step == 0 && found_.steps == 1 && at == found_.prices;
                if (!is_known && !note(at)) break;
            } else {
                prices_.set(at);
                priced_ = price_sample(options_, prices_, stride, threads_);
                is_over_ = stop_(found_);
            }
            tried.push_back(std::move(at));
            if (step == 0) first = priced_.bound;
            std::vector<double> excess;
            for (std::size_t i = 0; i < limits.size(); ++i)
                excess.push_back(static_cast<double>(priced_.used[i]) -
                                 static_cast<double>(limits[i].room) / part);
            if (!bundle) bundle.emplace(std::move(point), scales(), reach(excess, gain, part));
            bundle->add(static_cast<double>(priced_.bound - first) / unit_, std::move(excess));
            if (is_over_) break;
        }
        if (bundle) reach_ = bundle->reach() / part;
        if (stride == 1 && bundle)
            for (const Bundle::Weight& w : bundle->mix())
                found_.mix.push_back({w.weight, tried[w.evaluation]});
        return tried.empty() ? from : tried[bundle->best()];
    }

    const Options& options_;
    const std::int64_t target_;
    const int threads_;
    const std::function<bool(const BoundSearch&)>& stop_;
    Prices prices_;
    const double most_price_;
    const double unit_;
    PricedPortfolio priced_;
    ScaledSum first_bound_ = 0;
    BoundSearch found_;
    double reach_ = 0;  // with all customers
    bool is_over_ = false;
};

}  // namespace

PricedPortfolio price_portfolio(const Options& options, const Prices& prices, int threads) {
    return price_sample(options, prices, 1, threads);
}

BoundSearch search_prices(const Options& options, std::vector<Scaled> prices, std::int64_t target,
                          int most_steps, int threads, const std::function<bool(const BoundSearch&)>& stop) {
    return PriceSearch(options, target, threads, stop).run(std::move(prices), most_steps);
}

std::vector<CustomerChoice> mixed_choices(const Options& options, const BoundSearch& found, int threads) {
    std::vector<Prices> all;
    for (const BoundSearch::Mixed& mixed : found.mix) all.emplace_back(options).set(mixed.prices);
    if (all.empty()) all.emplace_back(options).set(found.prices);
    // Spread evenly: the fractional parts of the multiples of the golden ratio.
    constexpr double kGoldenRatio = 0.6180339887498949;
    std::vector<std::uint16_t> of;
    for (std::size_t c = 0; c < options.customers.size(); ++c) {
        double drawn = std::fmod(static_cast<double>(c + 1) * kGoldenRatio, 1.0);
        std::size_t k = 0;
        while (k + 1 < all.size() && drawn >= found.mix[k].weight) drawn -= found.mix[k++].weight;
        of.push_back(static_cast<std::uint16_t>(k));
    }
    std::vector<CustomerChoice> choices(of.size());
    share_customers(of.size(), 1, threads, [&](const auto& next) {
        CustomerSolver solver(options);
        while (const auto c = next()) (void)solver.solve(options.customers[*c], all[of[*c]], choices[*c]);
    });
    return choices;
}

}  // namespace termwise
