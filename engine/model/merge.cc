#include "model/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "model/merge_portfolio.h"
#include "model/place.h"

namespace termwise {
namespace {

// Two included files agree if they mean the same (M0.6): 1.50 is 1.5, what is left out is its default, and
// lists without an order may be written in any. Each of these brings a draft into one form of several.

void normalise(Decimal& amount) {
    while (amount.decimals > 0 && amount.digits % 10 == 0) {
        amount.digits /= 10;
        --amount.decimals;
    }
}

void normalise(std::optional<Decimal>& amount) {
    if (!amount) amount.emplace();
    normalise(*amount);
}

void normalise(TeamDraft& team) {
    normalise(team.labour_rate);
    if (team.capacity) std::ranges::sort(team.capacity->exceptions, {}, &CapacityExceptionDraft::on);
}

void normalise(DisruptionDraft& disruption) {
    normalise(disruption.reassign_per_seat);
    normalise(disruption.gap_per_seat_day);
}

void normalise(ProgrammeDraft& programme) {
    CancellationDraft& cancellation = programme.cancellation;
    cancellation.allowed = cancellation.allowed.value_or(CancellationAllowed::always);
    cancellation.refund = cancellation.refund.value_or(Refund::none);
    cancellation.remaining = cancellation.remaining.value_or(Remaining::due);
    normalise(cancellation.fee);
}

void normalise(OfferDraft& offer) {
    std::ranges::sort(offer.requires_any);
    for (PriceDraft& row : offer.prices) normalise(row.unit_price);
    std::ranges::sort(offer.prices, {}, [](const PriceDraft& row) {
        return std::pair(row.sold_as, row.from.value_or(kBeforeAllDays));
    });
}

void normalise(BudgetDraft& budget) { normalise(budget.max); }
void normalise(std::vector<TermBilling>& terms) { std::ranges::sort(terms); }
template <class T>
void normalise(T&) {}

template <class T>
bool same(T a, T b) {
    normalise(a);
    normalise(b);
    return a == b;
}

std::string key_of(const TransitionDraft& transition) { return transition.from + '\n' + transition.to; }
template <class T>
std::string key_of(const T& identified) {
    return identified.id;
}

std::string words_for(const TransitionDraft& transition) {
    return fmt::format("transition from \"{}\" to \"{}\"", transition.from, transition.to);
}
std::string words_for(const TeamDraft& team) { return fmt::format("team \"{}\"", team.id); }
std::string words_for(const ProgrammeDraft& programme) {
    return fmt::format("programme \"{}\"", programme.id);
}
std::string words_for(const OfferDraft& offer) { return fmt::format("offer \"{}\"", offer.id); }

/// One join of two drafts. With `diagnostics` the two are siblings, and a difference is an error (M1.9).
class Join {
  public:
    Join(ScenarioDraft& into, ScenarioDraft& part, Diagnostics* diagnostics)
        : into_(into), part_(part), diagnostics_(diagnostics) {}

    void run() {
        value("name", into_.name, part_.name);
        value("perspective", into_.perspective, part_.perspective);
        value("currency", into_.currency, part_.currency, &into_.currency_origin, &part_.currency_origin);
        object("horizon", into_.horizon, part_.horizon);
        calendar();
        members("teams", into_.teams, part_.teams);
        object("effort", into_.effort, part_.effort);
        object("disruption", into_.disruption, part_.disruption);
        value("continuity", into_.continuity, part_.continuity);
        value("provision_days", into_.provision_days, part_.provision_days);
        value("acceptance/plan_days", into_.plan_days, part_.plan_days);
        members("programmes", into_.programmes, part_.programmes);
        into_.programmes_given |= part_.programmes_given;
        members("offers", into_.offers, part_.offers);
        into_.offers_given |= part_.offers_given;
        members("transitions", into_.transitions, part_.transitions);
        value("target_terms", into_.target_terms, part_.target_terms, &into_.target_terms_origin,
              &part_.target_terms_origin);
        budgets();
        value("strategy/overlap_days", into_.overlap_days, part_.overlap_days);
        value("uncertainty", into_.uncertainty, part_.uncertainty, &into_.uncertainty_origin,
              &part_.uncertainty_origin);
        portfolio();
    }

  private:
    /// `origin` and `their_origin` say where the value stands; without them, that is only known by file.
    template <class T>
    void value(std::string_view field, std::optional<T>& mine, std::optional<T>& theirs,
               Origin* origin = nullptr, const Origin* their_origin = nullptr) {
        if (!theirs) return;
        if (!mine) {
            mine = std::move(theirs);
            if (origin != nullptr) *origin = *their_origin;
        } else if (diagnostics_ != nullptr && !same(*mine, *theirs)) {
            const Place place =
                place_of(into_.files, their_origin ? *their_origin : Origin{part_.file}, "", field);
            const std::string earlier = origin ? told_at(place_of(into_.files, *origin, "", field))
                                               : "what another included file says";
            diagnostics_->error("M1.9", place, fmt::format("\"{}\" differs from {}", field, earlier));
        }
    }

    template <class T>
    void object(std::string_view field, std::optional<T>& mine, std::optional<T>& theirs) {
        value(field, mine, theirs, mine ? &mine->origin : nullptr, theirs ? &theirs->origin : nullptr);
    }

    /// Holidays are united, so a calendar is not replaced whole: its workdays are a value by themselves.
    void calendar() {
        if (part_.calendar) {
            if (!into_.calendar) into_.calendar.emplace();
            value("calendar/workdays", into_.calendar->workdays, part_.calendar->workdays);
        }
        std::unordered_set<std::int32_t> known;
        for (const HolidayDraft& holiday : into_.holidays) known.insert(holiday.day.serial);
        for (const HolidayDraft& holiday : part_.holidays)
            if (known.insert(holiday.day.serial).second) into_.holidays.push_back(holiday);
    }

    void budgets() {
        const std::size_t own = into_.budgets.size();
        for (const BudgetDraft& budget : part_.budgets) {
            const auto is_same = [&](const BudgetDraft& known) { return same(known, budget); };
            if (std::none_of(into_.budgets.begin(), into_.budgets.begin() + static_cast<std::ptrdiff_t>(own),
                             is_same))
                into_.budgets.push_back(budget);
        }
    }

    template <class T>
    void members(std::string_view list, std::vector<T>& mine, std::vector<T>& theirs) {
        if (theirs.empty()) return;
        std::unordered_map<std::string, std::size_t> known;
        for (std::size_t i = 0; i < mine.size(); ++i) known.emplace(key_of(mine[i]), i);
        // A second one of the same id in the same file is for the builder to find: so `known` does not grow.
        for (T& member : theirs) {
            const auto found = known.find(key_of(member));
            if (found == known.end()) {
                mine.push_back(std::move(member));
            } else if (diagnostics_ != nullptr && !same(mine[found->second], member)) {
                const Place first = place_of(into_.files, mine[found->second].origin, list, "");
                diagnostics_->error("M1.9", place_of(into_.files, member.origin, list, ""),
                                    fmt::format("{} differs from {}", words_for(member), told_at(first)));
            }
        }
    }

    void portfolio() {
        // Tables are named by a value, which is replaced whole, and what was read from them goes with it.
        const bool both = into_.portfolio_files && part_.portfolio_files;
        object("portfolio", into_.portfolio_files, part_.portfolio_files);
        if (both) return;
        TwiceDescribed twice;
        if (diagnostics_ != nullptr)
            twice = [this](std::string_view id, Origin mine, Origin theirs, bool same) {
                if (same) return;
                const Place first = place_of_customer(into_.files, mine, "");
                diagnostics_->error("M1.9", place_of_customer(into_.files, theirs, ""),
                                    fmt::format("customer \"{}\" differs from {}", id, told_at(first)));
            };
        merge_portfolio(into_.portfolio, std::move(part_.portfolio), twice);
    }

    static std::string told_at(const Place& place) {
        if (place.pointer.empty()) return fmt::format("the one in line {} of {}", place.line, place.file);
        return fmt::format("{} of {}", place.pointer, place.file);
    }

    ScenarioDraft& into_;
    ScenarioDraft& part_;
    Diagnostics* diagnostics_;
};

}  // namespace

void merge_included(ScenarioDraft& into, ScenarioDraft&& part) { Join(into, part, nullptr).run(); }

void merge_sibling(ScenarioDraft& into, ScenarioDraft&& part, Diagnostics& diagnostics) {
    Join(into, part, &diagnostics).run();
}

}  // namespace termwise
