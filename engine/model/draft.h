// A scenario as it was read: every field as given or absent, names not yet resolved, nothing checked but its
// form. A reader fills drafts (one a file), merge.h joins what was included (M1.9), build.h makes the
// Scenario and says what is wrong. Drafts mirror the JSON of M1; the words are the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "base/interval.h"
#include "base/text_pool.h"
#include "calendar/day.h"
#include "calendar/period.h"
#include "model/demand.h"
#include "model/kinds.h"
#include "model/scenario.h"
#include "model/uncertainty.h"
#include "money/decimal.h"

namespace termwise {

/// Where a draft was read: which file, and its position there. JSON: `outer` is the position in its list
/// ("/offers/3"; for a subscription, its customer's), `inner` a subscription's position with its customer.
/// CSV: `outer` is the line on which the row starts.
struct Origin {
    std::int32_t file = -1;
    std::int32_t outer = -1;
    std::int32_t inner = -1;

    /// All origins are equal: two included files that say the same in different places agree (M1.9).
    friend constexpr bool operator==(Origin, Origin) { return true; }
};

/// A file that took part in a scenario.
struct SourceFile {
    std::string path;       ///< as a person would name it
    bool is_table = false;  ///< CSV
};

/// Names that are used before they are known: each gets a number, the same for the same name.
class NameTable {
  public:
    [[nodiscard]] std::int32_t number_of(std::string_view name);
    [[nodiscard]] const std::string& name(std::int32_t number) const {
        return names_[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> numbers_;
    std::vector<std::string> names_;
};

struct HorizonDraft {
    Day start, end;
    Origin origin;
    friend bool operator==(const HorizonDraft&, const HorizonDraft&) = default;
};

struct CalendarDraft {
    std::optional<WeekPattern> workdays;
    friend bool operator==(const CalendarDraft&, const CalendarDraft&) = default;
};

struct CapacityExceptionDraft {
    Day on;
    std::int32_t minutes = 0;
    friend bool operator==(const CapacityExceptionDraft&, const CapacityExceptionDraft&) = default;
};

struct CapacityDraft {
    CapacityPer per = CapacityPer::week;
    std::int32_t minutes = 0;
    std::vector<CapacityExceptionDraft> exceptions;
    friend bool operator==(const CapacityDraft&, const CapacityDraft&) = default;
};

struct TeamDraft {
    std::string id;
    std::optional<Decimal> labour_rate;
    std::optional<CapacityDraft> capacity;
    Origin origin;
    friend bool operator==(const TeamDraft&, const TeamDraft&) = default;
};

struct EffortItemDraft {
    std::int32_t minutes = 0;
    std::string team;  ///< empty: not given
    friend bool operator==(const EffortItemDraft&, const EffortItemDraft&) = default;
};

struct ReassignEffortDraft {
    std::int32_t seconds_per_seat = 0;
    std::int32_t seats_per_day = 0;  ///< 0: null or absent
    std::string team;
    friend bool operator==(const ReassignEffortDraft&, const ReassignEffortDraft&) = default;
};

struct EffortDraft {
    EffortItemDraft invite, visit, provision, auto_renew_off, cancel;
    ReassignEffortDraft reassign;
    Origin origin;
    friend bool operator==(const EffortDraft&, const EffortDraft&) = default;
};

struct DisruptionDraft {
    std::optional<Decimal> reassign_per_seat, gap_per_seat_day;
    Origin origin;
    friend bool operator==(const DisruptionDraft&, const DisruptionDraft&) = default;
};

struct CancellationDraft {
    std::optional<CancellationAllowed> allowed;
    std::optional<Refund> refund;
    std::optional<std::int32_t> refund_window_days;
    std::optional<Remaining> remaining;
    std::optional<Decimal> fee;
    friend bool operator==(const CancellationDraft&, const CancellationDraft&) = default;
};

struct ProgrammeDraft {
    std::string id;
    std::optional<Day> renewals_until;
    CancellationDraft cancellation;
    std::int32_t grace_days = 0;
    std::int32_t renewal_notice_days = 0;
    Origin origin;
    friend bool operator==(const ProgrammeDraft&, const ProgrammeDraft&) = default;
};

struct PriceDraft {
    TermBilling sold_as;
    Decimal unit_price;
    std::optional<Day> from, to;
    friend bool operator==(const PriceDraft&, const PriceDraft&) = default;
};

struct OfferDraft {
    std::string id, name, programme, sku;
    std::optional<std::int32_t> max_seats;
    std::vector<std::string> requires_any;
    std::vector<PriceDraft> prices;
    Origin origin;
    friend bool operator==(const OfferDraft&, const OfferDraft&) = default;
};

struct TransitionDraft {
    std::string from, to;
    std::optional<bool> reassign;
    Origin origin;
    friend bool operator==(const TransitionDraft&, const TransitionDraft&) = default;
};

struct BudgetDraft {
    Day from, to;
    Decimal max;
    Origin origin;
    friend bool operator==(const BudgetDraft&, const BudgetDraft&) = default;
};

struct CustomerDraft {
    Text id, name;
    Relationship relationship = Relationship::pending;
    std::int32_t plan_days = -1;  ///< -1: not given
    ListRange blackouts;          ///< in PortfolioDraft::blackouts
    std::int32_t uncertainty = -1;
    Origin origin;
};

/// What only some subscriptions have, kept apart so that the others stay small.
struct SubscriptionExtras {
    Text parent;  ///< length 0: none
    ListRange demand;
    ListRange targets;
    ListRange target_terms;
};

struct SubscriptionDraft {
    Text id;
    std::int32_t customer = -1;  ///< position in PortfolioDraft::customers
    std::int32_t offer = -1;     ///< number in PortfolioDraft::offer_names
    std::int32_t seats = 1;
    TermBilling sold_as;
    Day term_start, move_from, move_by;
    Decimal unit_price;
    std::int32_t extras = -1;  ///< position in PortfolioDraft::extras; -1: none
    Origin origin;
    bool auto_renew = false;
    bool must_move = true;
};

/// The customers and their subscriptions, from JSON or from tables (M1.5).
struct PortfolioDraft {
    bool given = false;  ///< `customers` or `portfolio` stood in the file
    std::vector<CustomerDraft> customers;
    std::vector<SubscriptionDraft> subscriptions;
    std::vector<SubscriptionExtras> extras;
    std::vector<Uncertainty> uncertainties;
    std::vector<Interval<Day>> blackouts;
    std::vector<DemandStep> demand_steps;
    std::vector<std::int32_t> targets;  ///< numbers in offer_names
    std::vector<TermBilling> target_terms;
    NameTable offer_names;
    TextPool texts;
};

/// The CSV files that stand for `customers` (M1.5), as named in the scenario.
struct PortfolioFilesDraft {
    std::string customers;  ///< empty: none
    std::string subscriptions;
    Origin origin;
    friend bool operator==(const PortfolioFilesDraft&, const PortfolioFilesDraft&) = default;
};

struct HolidayDraft {
    Day day;
    Origin origin;
    friend bool operator==(const HolidayDraft&, const HolidayDraft&) = default;
};

struct IncludeDraft {
    std::string path;
    Origin origin;
};

/// One file's part of a scenario, or the whole once merged. Lists that are absent or null are empty here;
/// where that differs from an empty list, the reader has refused the empty list (M1.6).
struct ScenarioDraft {
    std::vector<SourceFile> files;  ///< Origin::file counts in here; files[0] is the scenario itself
    std::int32_t file = 0;          ///< the one of `files` that this draft was read from

    std::optional<std::string> name;
    std::optional<Perspective> perspective;
    std::optional<std::string> currency;
    Origin currency_origin;
    std::optional<HorizonDraft> horizon;
    std::optional<CalendarDraft> calendar;  ///< workdays; holidays stand apart, because they unite (M1.9)
    std::vector<HolidayDraft> holidays;
    std::vector<TeamDraft> teams;
    std::optional<EffortDraft> effort;
    std::optional<DisruptionDraft> disruption;
    std::optional<Continuity> continuity;
    std::optional<std::int32_t> provision_days;
    std::optional<std::int32_t> plan_days;  ///< acceptance.plan_days
    bool programmes_given = false;  ///< the list stood in the file; it may be empty, but has to be there (M1)
    std::vector<ProgrammeDraft> programmes;
    bool offers_given = false;
    std::vector<OfferDraft> offers;
    std::vector<TransitionDraft> transitions;
    std::optional<std::vector<TermBilling>> target_terms;
    Origin target_terms_origin;
    std::vector<BudgetDraft> budgets;
    std::optional<std::int32_t> overlap_days;  ///< strategy.overlap_days
    std::optional<Uncertainty> uncertainty;
    Origin uncertainty_origin;
    std::optional<PortfolioFilesDraft> portfolio_files;
    std::vector<IncludeDraft> includes;
    PortfolioDraft portfolio;
};

}  // namespace termwise
