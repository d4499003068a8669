#include "planning/column_pool.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/share_out.h"
#include "planning/customer_solver.h"

namespace termwise {

CustomerChoice ColumnPool::choice(std::size_t customer, std::uint32_t column) const {
    CustomerChoice made;
    const std::size_t columns = last(customer) - first(customer);
    const std::size_t end =
        customer + 1 < choice_first_.size() ? choice_first_[customer + 1] : choices_.size();
    const std::size_t each = (end - choice_first_[customer]) / columns;
    const auto from = choices_.begin() + static_cast<std::ptrdiff_t>(choice_first_[customer] +
                                                                     each * (column - first(customer)));
    made.subscriptions.assign(from, from + static_cast<std::ptrdiff_t>(each));
    made.invitation = invitations_[column];
    return made;
}

ColumnPool ColumnPool::with_outside(std::span<const std::optional<std::int64_t>> costs) const {
    ColumnPool pool;
    pool.left_out_ = left_out_;
    pool.beyond_ = beyond_;
    for (std::size_t c = 0; c < customers(); ++c) {
        pool.choice_first_.push_back(pool.choices_.size());
        for (std::uint32_t k = first(c); k < last(c); ++k) {
            const CustomerChoice listed = choice(c, k);
            pool.cost_.push_back(cost_[k]);
            pool.uses_.insert(pool.uses_.end(), uses(k).begin(), uses(k).end());
            pool.use_first_.push_back(static_cast<std::uint32_t>(pool.uses_.size()));
            pool.choices_.insert(pool.choices_.end(), listed.subscriptions.begin(),
                                 listed.subscriptions.end());
            pool.invitations_.push_back(listed.invitation);
        }
        if (costs[c]) {
            pool.cost_.push_back(*costs[c]);
            pool.use_first_.push_back(static_cast<std::uint32_t>(pool.uses_.size()));
            pool.choices_.resize(pool.choices_.size() + choice(c, first(c)).subscriptions.size());
            pool.invitations_.push_back(-1);
        }
        pool.first_.push_back(static_cast<std::uint32_t>(pool.cost_.size()));
    }
    return pool;
}

class PoolMaker {
  public:
    PoolMaker(const Options& options, const Prices& prices, std::size_t most_each,
              std::span<const CustomerChoice> also, int threads, const std::function<bool()>& stop)
        : options_(options),
          prices_(prices),
          most_each_(most_each),
          also_(also),
          stop_(stop),
          threads_(static_cast<std::size_t>(std::max(threads, 1))),
          lists_(options.customers.size()),
          beyond_(options.customers.size(), 0),
          cheapest_(options.customers.size()) {}

    std::optional<ColumnPool> make(Scaled beyond) {
        CustomerSolver solver(options_);
        for (std::size_t c = 0; c < lists_.size(); ++c) {
            const CustomerSolver::Answer least = solver.solve(options_.customers[c], prices_, cheapest_[c]);
            if (!least.found()) return std::nullopt;
            least_.push_back(least.bound);
        }
        find_what_nobody_can_run_out_of(beyond);
        share_out(lists_.size(), threads_, [&](std::size_t, const auto& take) {
            ChoiceLister lister(options_);
            lister.ignore(ignored_);
            while (const auto c = stopped_ ? std::nullopt : take()) {
                list_customer(lister, *c, beyond);
                const std::scoped_lock lock(mutex_);
                if (stop_()) stopped_ = true;
            }
        });
        if (stopped_) return std::nullopt;
        return collected();
    }

  private:
    static constexpr int kMostHalved = 12;

    /// Twice as far each time, as long as there are not too many.
    void list_customer(ChoiceLister& lister, std::size_t c, Scaled beyond) {
        const CustomerOptions& customer = options_.customers[c];
        std::vector<ListedChoice> list;
        for (int halved = kMostHalved; halved >= 0; --halved) {
            if (!lister.list(customer, prices_, least_[c] + (beyond >> halved), most_each_, list)) break;
            lists_[c] = std::move(list);
            beyond_[c] = beyond >> halved;
        }
        add(customer, cheapest_[c], lists_[c]);
        if (!also_.empty()) add(customer, also_[c], lists_[c]);
    }

    /// Limits with room for all that all customers together may want of them: they can be left out, and many
    /// choices then come to the same.
    void find_what_nobody_can_run_out_of(Scaled beyond) {
        std::vector<std::int64_t> wanted(options_.limits->size(), 0);
        share_out(lists_.size(), threads_, [&](std::size_t, const auto& take) {
            ChoiceLister lister(options_);
            std::vector<std::int64_t> sum(wanted.size(), 0), mine(wanted.size());
            std::vector<Use> uses;
            while (const auto taken = take()) {
                const std::size_t c = *taken;
                std::ranges::fill(mine, 0);
                const auto raise_by = [&](const CustomerChoice& choice) {
                    list_uses(options_, options_.customers[c], choice, uses);
                    for (const Use& use : uses)
                        mine[use.limit.at()] = std::max(mine[use.limit.at()], use.amount);
                };
                raise_by(cheapest_[c]);
                if (!also_.empty()) raise_by(also_[c]);
                lister.raise_to_most_uses(options_.customers[c], prices_, least_[c] + beyond, mine);
                for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += mine[i];
            }
            const std::scoped_lock lock(mutex_);
            for (std::size_t i = 0; i < sum.size(); ++i) wanted[i] += sum[i];
        });
        ignored_.assign(wanted.size(), false);
        for (std::size_t i = 0; i < wanted.size(); ++i)
            ignored_[i] = wanted[i] <= options_.limits->all()[i].room;
    }

    ColumnPool collected() {
        ColumnPool pool;
        pool.left_out_ = ignored_;
        pool.beyond_ = lists_.empty() ? 0 : *std::ranges::min_element(beyond_);
        for (std::size_t c = 0; c < lists_.size(); ++c) {
            std::vector<ListedChoice>& list = lists_[c];
            pool.choice_first_.push_back(pool.choices_.size());
            for (const ListedChoice& listed : list) {
                pool.cost_.push_back(listed.cost);
                pool.uses_.insert(pool.uses_.end(), listed.uses.begin(), listed.uses.end());
                pool.use_first_.push_back(static_cast<std::uint32_t>(pool.uses_.size()));
                pool.choices_.insert(pool.choices_.end(), listed.choice.subscriptions.begin(),
                                     listed.choice.subscriptions.end());
                pool.invitations_.push_back(listed.choice.invitation);
            }
            pool.first_.push_back(static_cast<std::uint32_t>(pool.cost_.size()));
            list = {};
        }
        return pool;
    }

    void add(const CustomerOptions& customer, const CustomerChoice& choice, std::vector<ListedChoice>& list) {
        ListedChoice added{choice, cost_of(options_, customer, choice), {}};
        list_uses(options_, customer, choice, added.uses);
        std::erase_if(added.uses, [&](const Use& use) { return ignored_[use.limit.at()]; });
        const bool beaten = std::ranges::any_of(list, [&](const ListedChoice& listed) {
            return listed.cost <= added.cost && uses_no_more(listed.uses, added.uses);
        });
        if (!beaten) list.push_back(std::move(added));
    }

    const Options& options_;
    const Prices& prices_;
    const std::size_t most_each_;
    const std::span<const CustomerChoice> also_;
    const std::function<bool()>& stop_;
    const std::size_t threads_;
    std::vector<std::vector<ListedChoice>> lists_;
    std::vector<Scaled> least_;   // by customer, at the prices
    std::vector<bool> ignored_;   // by limit
    std::vector<Scaled> beyond_;  // by customer
    std::vector<CustomerChoice> cheapest_;
    std::atomic<bool> stopped_{false};
    std::mutex mutex_;
};

std::optional<ColumnPool> list_columns(const Options& options, const Prices& prices, Scaled beyond,
                                       std::size_t most_each, std::span<const CustomerChoice> also,
                                       int threads, const std::function<bool()>& stop) {
    return PoolMaker(options, prices, most_each, also, threads, stop).make(beyond);
}

std::optional<std::uint32_t> column_for(const Options& options, const ColumnPool& pool, std::size_t customer,
                                        const CustomerChoice& choice) {
    std::vector<Use> uses;
    list_uses(options, options.customers[customer], choice, uses);
    std::erase_if(uses, [&](const Use& use) { return pool.is_left_out(use.limit); });
    const std::int64_t cost = cost_of(options, options.customers[customer], choice);
    std::optional<std::uint32_t> best;
    for (std::uint32_t k = pool.first(customer); k < pool.last(customer); ++k)
        if (pool.cost(k) <= cost && uses_no_more(pool.uses(k), uses) &&
            (!best || pool.cost(k) < pool.cost(*best)))
            best = k;
    return best;
}

}  // namespace termwise
