#include "planning/bound.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>

#include "planning/customer_solver.h"

namespace termwise {
namespace {

/// Customers a thread takes at a time.
constexpr std::size_t kChunk = 64;

class PricingJob {
  public:
    PricingJob(const Options& options, const Prices& prices, std::vector<CustomerChoice>* choices)
        : options_(options), prices_(prices), choices_(choices) {
        if (choices_ != nullptr) choices_->resize(options.customers.size());
        result_.used.assign(options.limits->size(), 0);
    }

    PricedPortfolio run(int threads) {
        const std::size_t chunks = (options_.customers.size() + kChunk - 1) / kChunk;
        const auto wanted = std::min<std::size_t>(static_cast<std::size_t>(std::max(threads, 1)), chunks);
        std::vector<std::thread> others;
        for (std::size_t t = 1; t < wanted; ++t) others.emplace_back([this] { work(); });
        work();
        for (std::thread& other : others) other.join();
        result_.bound -= prices_.of_room();
        return std::move(result_);
    }

  private:
    /// Takes chunks until there are none. Sums of integers do not depend on who adds what when.
    void work() {
        CustomerSolver solver(options_);
        PricedPortfolio mine;
        mine.used.assign(options_.limits->size(), 0);
        CustomerChoice choice;
        std::vector<Use> uses;
        for (;;) {
            const std::size_t from = next_.fetch_add(kChunk);
            if (from >= options_.customers.size()) break;
            const std::size_t to = std::min(from + kChunk, options_.customers.size());
            for (std::size_t c = from; c < to; ++c) {
                const CustomerOptions& customer = options_.customers[c];
                const auto answer = solver.solve(customer, prices_, choice);
                if (!answer.found()) {
                    if (mine.possible || customer.customer < mine.impossible)
                        mine.impossible = customer.customer;
                    mine.possible = false;
                    continue;
                }
                mine.bound += answer.bound;
                list_uses(options_, customer, choice, uses);
                for (const Use& use : uses) mine.used[use.limit.at()] += use.amount;
                if (choices_ != nullptr) (*choices_)[c] = choice;
            }
        }
        const std::scoped_lock lock(mutex_);
        result_.bound += mine.bound;
        for (std::size_t i = 0; i < mine.used.size(); ++i) result_.used[i] += mine.used[i];
        if (!mine.possible && (result_.possible || mine.impossible < result_.impossible))
            result_.impossible = mine.impossible;
        result_.possible = result_.possible && mine.possible;
    }

    const Options& options_;
    const Prices& prices_;
    std::vector<CustomerChoice>* choices_;
    std::atomic<std::size_t> next_{0};
    std::mutex mutex_;
    PricedPortfolio result_;
};

}  // namespace

PricedPortfolio price_portfolio(const Options& options, const Prices& prices, int threads,
                                std::vector<CustomerChoice>* choices) {
    return PricingJob(options, prices, choices).run(threads);
}

namespace detail {

VolumeSteps::VolumeSteps(const Options& options, std::vector<Scaled> prices, std::int64_t target, int threads)
    : options_(options),
      prices_(options),
      most_price_(most_price(options)),
      threads_(threads),
      target_(target) {
    best_.prices = std::move(prices);
}

bool VolumeSteps::step() {
    const std::span<const Limit> limits = options_.limits->all();
    std::vector<Scaled> tried = best_.prices;
    if (best_.steps > 0) {
        // Along the mean excess; where a price is zero, only upwards.
        double norm = 0;
        std::vector<double> excess(limits.size());
        for (std::size_t i = 0; i < limits.size(); ++i) {
            excess[i] = mean_used_[i] - static_cast<double>(limits[i].room);
            if (best_.prices[i] == 0 && excess[i] < 0) excess[i] = 0;
            norm += excess[i] * excess[i];
        }
        if (norm <= 0) return false;
        const double unit = std::ldexp(1.0, prices_.shift());
        const double distance = static_cast<double>(target_) * unit - static_cast<double>(best_.bound);
        const double length = length_ * std::max(distance, unit) / norm;
        const auto most = static_cast<double>(most_price_);
        for (std::size_t i = 0; i < limits.size(); ++i)
            tried[i] = static_cast<Scaled>(std::llround(
                std::clamp(static_cast<double>(best_.prices[i]) + length * excess[i], 0.0, most)));
    }
    prices_.set(tried);
    const PricedPortfolio priced = price_portfolio(options_, prices_, threads_);
    const bool first = best_.steps++ == 0;
    if (!priced.possible) {
        best_.possible = false;
        best_.impossible = priced.impossible;
        return false;
    }
    if (first) {
        best_.bound = priced.bound;
        mean_used_.assign(priced.used.begin(), priced.used.end());
        return true;
    }
    constexpr double kNewWeight = 0.15;
    for (std::size_t i = 0; i < limits.size(); ++i)
        mean_used_[i] += kNewWeight * (static_cast<double>(priced.used[i]) - mean_used_[i]);
    if (priced.bound > best_.bound) {
        best_.bound = priced.bound;
        best_.prices = std::move(tried);
        without_gain_ = 0;
        length_ = std::min(length_ * 1.15, 1.8);
    } else if (++without_gain_ >= 6) {
        without_gain_ = 0;
        length_ *= 0.66;
    }
    return length_ > 1e-4;
}

}  // namespace detail
}  // namespace termwise
