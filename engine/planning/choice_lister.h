// Every choice of one customer that costs at most so much at given prices, as long as there are not too many.
// Of choices that use the same of every limit only the cheapest is kept, and none that another one beats in
// cost and in every use: no plan needs more.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "planning/choice.h"
#include "planning/prices.h"

namespace termwise {

struct ListedChoice {
    CustomerChoice choice;
    std::int64_t cost = 0;  ///< minor units
    std::vector<Use> uses;  ///< ascending by limit
};

class ChoiceLister {
  public:
    explicit ChoiceLister(const Options& options) : options_(options) {}

    /// Raises `uses`, by limit, to the most that a choice whose price is at most `most_price` may take of
    /// each; or a little more than that. Not for customers of whom list() lists nothing.
    void raise_to_most_uses(const CustomerOptions& customer, const Prices& prices, Scaled most_price,
                            std::vector<std::int64_t>& uses);

    /// Limits that list() is to leave out, by limit, because nobody can run out of them.
    void ignore(std::vector<bool> limits) { ignored_ = std::move(limits); }

    /// Replaces `out`: every choice whose price is at most `most_price`, ascending by price. False if they
    /// are more than `most`, too many come to the same, or the customer has more subscriptions than can be
    /// looked at (kMostSubscriptions); `out` is then empty. Method: sets of subscriptions are served by one
    /// visit, and then covered by visits; of what is decided about a set only what nothing beats is kept.
    /// Runtime: days * 2^n + 3^n for n subscriptions, then some microseconds for each piece, and the square
    /// of how many there are in a set.
    bool list(const CustomerOptions& customer, const Prices& prices, Scaled most_price, std::size_t most,
              std::vector<ListedChoice>& out);

    static constexpr std::size_t kMostSubscriptions = 10;

  private:
    static constexpr std::size_t kMostTried = 16;  // for each that may be kept

    /// A way to move one subscription on one day.
    struct Step {
        SubscriptionChoice choice;
        Scaled price = 0;
        std::int64_t cost = 0;
        std::array<std::uint32_t, 3> lists{};  // in Options::uses: of start, exit and switching off
        std::vector<Use> uses;
    };
    struct VisitOn {
        Scaled least = 0;  // with everyone's cheapest step
        std::size_t day = 0;
    };
    /// What is decided about some of the subscriptions.
    struct Part {
        Scaled price = 0;
        std::int64_t cost = 0;
        std::vector<Use> uses;
        std::vector<std::uint16_t> days;  // of visits
        std::vector<SubscriptionChoice> choices;
        std::int32_t invitation = -1;
    };

    bool prepare(const CustomerOptions& customer, const Prices& prices, Scaled most_price);
    void list_steps(std::size_t s, Scaled most_extra);
    [[nodiscard]] bool is_ignored(std::uint32_t list) const;
    void add_uses(std::vector<Use>& uses, std::uint32_t list) const;
    void drop_beaten_steps(std::vector<Step>& steps) const;
    void price_visits();
    void list_visits(Scaled most_price);
    void add_steps(std::size_t set, std::size_t day, const Part& part, Scaled needed, Scaled most,
                   std::vector<Part>& parts);
    void cover(Scaled most_price);
    static Part joined(const Part& visit, const Part& part, std::size_t served);
    bool is_too_much();
    void drop_beaten(std::vector<Part>& parts) const;
    std::vector<Part> invited(const std::vector<Part>& parts, Scaled most_price);

    const Options& options_;
    const CustomerOptions* customer_ = nullptr;
    const Prices* prices_ = nullptr;
    std::vector<std::vector<std::vector<Step>>> steps_;  // by subscription and day, ascending by price
    std::vector<Scaled> stay_;
    std::vector<std::vector<VisitOn>> visits_;             // by set
    std::vector<Scaled> rest_;                             // by set: its least price
    std::vector<std::vector<Part>> visit_parts_, covers_;  // by set, ascending by price
    std::vector<bool> ignored_;
    std::size_t most_ = 0, tried_ = 0;
    bool too_many_ = false;
};

}  // namespace termwise
