#include "model/merge_portfolio.h"

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

namespace termwise {
namespace {

template <class T>
std::span<const T> part_of(const std::vector<T>& list, ListRange range) {
    return std::span(list).subspan(range.begin, range.size);
}

bool same_amount(Decimal a, Decimal b) {
    const auto shortest = [](Decimal d) {
        while (d.decimals > 0 && d.digits % 10 == 0)
            d = {d.digits / 10, static_cast<std::int8_t>(d.decimals - 1)};
        return d;
    };
    return shortest(a) == shortest(b);
}

/// Whether two ranges hold the same, in whatever order.
template <class T>
bool same_members(std::span<const T> a, std::span<const T> b) {
    std::vector<T> left(a.begin(), a.end()), right(b.begin(), b.end());
    std::ranges::sort(left);
    std::ranges::sort(right);
    return left == right;
}

/// Reads one portfolio, customer by customer.
class Reading {
  public:
    explicit Reading(const PortfolioDraft& portfolio)
        : portfolio_(portfolio), subscriptions_of_(portfolio.customers.size()) {
        for (const SubscriptionDraft& s : portfolio.subscriptions)
            subscriptions_of_[static_cast<std::size_t>(s.customer)].push_back(&s);
        for (auto& list : subscriptions_of_)
            std::ranges::sort(list, {}, [&](const SubscriptionDraft* s) { return text(s->id); });
    }

    [[nodiscard]] std::string_view text(Text text) const { return portfolio_.texts.view(text); }
    [[nodiscard]] const PortfolioDraft& portfolio() const { return portfolio_; }
    [[nodiscard]] const auto& subscriptions_of(std::size_t customer) const {
        return subscriptions_of_[customer];
    }
    [[nodiscard]] SubscriptionExtras extras(const SubscriptionDraft& s) const {
        return s.extras < 0 ? SubscriptionExtras{} : portfolio_.extras[static_cast<std::size_t>(s.extras)];
    }
    [[nodiscard]] const Uncertainty* uncertainty(const CustomerDraft& c) const {
        return c.uncertainty < 0 ? nullptr
                                 : &portfolio_.uncertainties[static_cast<std::size_t>(c.uncertainty)];
    }
    [[nodiscard]] std::vector<std::string_view> targets(ListRange range) const {
        std::vector<std::string_view> names;
        for (const std::int32_t number : part_of(portfolio_.targets, range))
            names.push_back(portfolio_.offer_names.name(number));
        return names;
    }

  private:
    const PortfolioDraft& portfolio_;
    std::vector<std::vector<const SubscriptionDraft*>> subscriptions_of_;
};

bool same_subscription(const Reading& left, const SubscriptionDraft& a, const Reading& right,
                       const SubscriptionDraft& b) {
    const PortfolioDraft& p = left.portfolio();
    const PortfolioDraft& q = right.portfolio();
    const SubscriptionExtras x = left.extras(a), y = right.extras(b);
    return left.text(a.id) == right.text(b.id) &&
           p.offer_names.name(a.offer) == q.offer_names.name(b.offer) && a.seats == b.seats &&
           a.sold_as == b.sold_as && a.term_start == b.term_start && a.move_from == b.move_from &&
           a.move_by == b.move_by && same_amount(a.unit_price, b.unit_price) &&
           a.auto_renew == b.auto_renew && a.must_move == b.must_move &&
           left.text(x.parent) == right.text(y.parent) &&
           same_members(part_of(p.demand_steps, x.demand), part_of(q.demand_steps, y.demand)) &&
           same_members(std::span<const std::string_view>(left.targets(x.targets)),
                        std::span<const std::string_view>(right.targets(y.targets))) &&
           same_members(part_of(p.target_terms, x.target_terms), part_of(q.target_terms, y.target_terms));
}

bool same_customer(const Reading& left, std::size_t i, const Reading& right, std::size_t j) {
    const CustomerDraft& a = left.portfolio().customers[i];
    const CustomerDraft& b = right.portfolio().customers[j];
    const Uncertainty* u = left.uncertainty(a);
    const Uncertainty* v = right.uncertainty(b);
    return left.text(a.name) == right.text(b.name) && a.relationship == b.relationship &&
           a.plan_days == b.plan_days && (u == nullptr ? v == nullptr : v != nullptr && *u == *v) &&
           same_members(part_of(left.portfolio().blackouts, a.blackouts),
                        part_of(right.portfolio().blackouts, b.blackouts)) &&
           std::ranges::equal(left.subscriptions_of(i), right.subscriptions_of(j),
                              [&](const SubscriptionDraft* s, const SubscriptionDraft* t) {
                                  return same_subscription(left, *s, right, *t);
                              });
}

/// Copies customers and subscriptions of one portfolio to the end of another.
class Appending {
  public:
    Appending(PortfolioDraft& into, const PortfolioDraft& part) : into_(into), part_(part) {}

    std::int32_t customer(CustomerDraft c) {
        c.id = text(c.id);
        c.name = text(c.name);
        c.blackouts = list(into_.blackouts, part_.blackouts, c.blackouts);
        if (c.uncertainty >= 0) {
            into_.uncertainties.push_back(part_.uncertainties[static_cast<std::size_t>(c.uncertainty)]);
            c.uncertainty = static_cast<std::int32_t>(into_.uncertainties.size() - 1);
        }
        into_.customers.push_back(c);
        return static_cast<std::int32_t>(into_.customers.size() - 1);
    }

    void subscription(SubscriptionDraft s, std::int32_t customer) {
        s.id = text(s.id);
        s.customer = customer;
        s.offer = offer(s.offer);
        if (s.extras >= 0) {
            SubscriptionExtras extras = part_.extras[static_cast<std::size_t>(s.extras)];
            if (extras.parent.length > 0) extras.parent = text(extras.parent);
            extras.demand = list(into_.demand_steps, part_.demand_steps, extras.demand);
            extras.target_terms = list(into_.target_terms, part_.target_terms, extras.target_terms);
            extras.targets = list(into_.targets, part_.targets, extras.targets);
            for (std::int32_t& target :
                 std::span(into_.targets).subspan(extras.targets.begin, extras.targets.size))
                target = offer(target);
            into_.extras.push_back(extras);
            s.extras = static_cast<std::int32_t>(into_.extras.size() - 1);
        }
        into_.subscriptions.push_back(s);
    }

  private:
    Text text(Text text) { return into_.texts.add(part_.texts.view(text)); }

    std::int32_t offer(std::int32_t number) {
        return into_.offer_names.number_of(part_.offer_names.name(number));
    }

    template <class T>
    static ListRange list(std::vector<T>& into, const std::vector<T>& from, ListRange range) {
        const ListRange added{static_cast<std::uint32_t>(into.size()), range.size};
        const auto members = part_of(from, range);
        into.insert(into.end(), members.begin(), members.end());
        return added;
    }

    PortfolioDraft& into_;
    const PortfolioDraft& part_;
};

}  // namespace

void merge_portfolio(PortfolioDraft& into, PortfolioDraft&& part, const TwiceDescribed& twice) {
    if (!part.given) return;
    if (!into.given) {
        into = std::move(part);
        return;
    }
    std::unordered_map<std::string, std::size_t> mine;
    for (std::size_t i = 0; i < into.customers.size(); ++i)
        mine.emplace(into.texts.view(into.customers[i].id), i);

    // What both have is compared before anything is appended.
    std::vector<std::pair<std::size_t, std::size_t>> both;
    std::vector<bool> lacking(part.customers.size(), true);
    for (std::size_t j = 0; j < part.customers.size(); ++j) {
        const auto found = mine.find(std::string(part.texts.view(part.customers[j].id)));
        if (found == mine.end()) continue;
        lacking[j] = false;
        both.emplace_back(found->second, j);
    }
    if (twice && !both.empty()) {
        const Reading left(into), right(part);
        for (const auto& [i, j] : both)
            twice(left.text(into.customers[i].id), into.customers[i].origin, part.customers[j].origin,
                  same_customer(left, i, right, j));
    }

    Appending append(into, part);
    std::vector<std::int32_t> position(part.customers.size(), -1);
    for (std::size_t j = 0; j < part.customers.size(); ++j)
        if (lacking[j]) position[j] = append.customer(part.customers[j]);
    for (const SubscriptionDraft& s : part.subscriptions)
        if (const auto customer = static_cast<std::size_t>(s.customer); lacking[customer])
            append.subscription(s, position[customer]);
}

}  // namespace termwise
