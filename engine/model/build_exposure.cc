#include <cmath>

#include "base/wide.h"
#include "model/build_internal.h"

namespace termwise::building {
namespace {

constexpr Wide kMostExposure = Wide{1} << 62;
/// More days than lie between any two that can be named, 1900 to 2999: a gap is not cut at H1 (M3.6).
constexpr std::int64_t kMostGapDays = 402'000;
/// Charges may be counted as such, as refunds, as liability and as terminal credit.
constexpr std::int64_t kTimesCounted = 4;

/// An upper bound of all money that can ever be summed, whatever the plan and however the world behaves.
class Exposure {
  public:
    explicit Exposure(const Scenario& scenario) : scenario_(scenario) {
        Period longest{1};
        for (const Offer& offer : scenario.offers)
            for (const Price& row : offer.prices) longest = std::max(longest, row.sold_as.term);
        for (const Subscription& s : scenario.subscriptions) longest = std::max(longest, s.sold_as.term);
        months_ = month_number(scenario.h1()) - month_number(scenario.h0()) + 1 + longest.months;
        // A plan may name an offer that is not allowed: it is refused, but its cost is still stated (M3).
        for (const Offer& offer : scenario.offers)
            for (const Price& row : offer.prices)
                dearest_ = std::max(dearest_, charges(row.unit_price, row.sold_as));
        for (const Programme& programme : scenario.programmes)
            fee_ = std::max(fee_, programme.cancellation.fee.minor);
        work_factor_ = work_factor();
    }

    struct Parts {
        Wide charges = 0, soft_costs = 0, labour = 0;
        [[nodiscard]] Wide sum() const { return charges + soft_costs + labour; }
    };

    [[nodiscard]] Parts of(const Subscription& s) const {
        std::int64_t seats = s.seats;
        for (const DemandStep& step : scenario_.demand(s).steps())
            seats = std::max<std::int64_t>(seats, step.seats);
        const Effort& effort = scenario_.effort;
        Parts parts;
        const Wide old = std::max(charges(s.unit_price, s.sold_as), dearest_);
        parts.charges = (old + dearest_) * seats * kTimesCounted + Wide{fee_};
        // A day of a gap counts as one even where it is free: seat-days are summed as well.
        const Wide gap = Wide{std::max<std::int64_t>(scenario_.gap_per_seat_day.minor, 1)} * kMostGapDays;
        parts.soft_costs = (gap + scenario_.reassign_per_seat.minor) * seats;
        parts.labour = labour(effort.visit) + labour(effort.provision) + labour(effort.auto_renew_off) +
                       labour(effort.cancel) +
                       labour(effort.reassign.team, Wide{effort.reassign.seconds_per_seat} * seats);
        return parts;
    }

    /// What a customer costs beside its subscriptions.
    [[nodiscard]] Wide of_customer() const { return labour(scenario_.effort.invite); }

  private:
    [[nodiscard]] Wide charges(Money unit_price, TermBilling sold_as) const {
        return Wide{unit_price.minor} * (months_ / sold_as.billing.months + 2);
    }

    [[nodiscard]] Wide labour(EffortItem item) const { return labour(item.team, Wide{item.minutes} * 60); }
    [[nodiscard]] Wide labour(TeamIndex team, Wide seconds) const {
        if (team.none()) return 0;
        return Wide{scenario_.at(team).labour_rate.minor} * (seconds / 3600 + 1) * work_factor_;
    }

    /// How much longer than planned work may take (M7), but for one draw in a thousand million.
    [[nodiscard]] std::int64_t work_factor() const {
        constexpr double kAlmostCertain = 1 - 1e-9;
        constexpr double kMostFactor = 1e7;
        double factor = 1;
        const auto consider = [&](const Uncertainty& uncertainty) {
            if (uncertainty.work) factor = std::max(factor, quantile(*uncertainty.work, kAlmostCertain));
        };
        if (scenario_.uncertainty) consider(*scenario_.uncertainty);
        for (const Uncertainty& own : scenario_.customer_uncertainties) consider(own);
        return static_cast<std::int64_t>(std::ceil(std::min(factor, kMostFactor)));
    }

    const Scenario& scenario_;
    std::int32_t months_ = 0;
    Wide dearest_ = 0;
    std::int64_t fee_ = 0;
    std::int64_t work_factor_ = 1;
};

}  // namespace

void check_exposure(Building& b) {
    const Scenario& scenario = b.scenario;
    const Exposure exposure(scenario);
    Exposure::Parts total;
    total.labour = exposure.of_customer() * static_cast<std::int64_t>(scenario.customers.size());
    Wide most = -1;
    SubscriptionIndex largest;
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
        const Exposure::Parts parts = exposure.of(scenario.subscriptions[i]);
        total.charges += parts.charges;
        total.soft_costs += parts.soft_costs;
        total.labour += parts.labour;
        if (parts.sum() <= most) continue;
        most = parts.sum();
        largest = SubscriptionIndex(i);
    }
    if (total.sum() < kMostExposure) return;
    const char* const cause =
        total.charges >= total.soft_costs && total.charges >= total.labour ? "seats times prices"
        : total.soft_costs >= total.labour ? "seats times gap_per_seat_day or reassign_per_seat"
                                           : "labour_rate times effort";
    b.error("M0.3", largest.none() ? b.place(Origin{0}, "", "") : b.place_of_source(largest, ""),
            fmt::format(
                "the amounts are too large: over all subscriptions, of which this is the largest, {} could "
                "come to more than 64 bits hold",
                cause));
}

}  // namespace termwise::building
