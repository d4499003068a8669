#include "import/make_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "base/nearest.h"
#include "formats/scalar.h"
#include "import/customers.h"
#include "import/offers.h"
#include "import/rules.h"
#include "import/terms.h"

namespace termwise {
namespace {

/// What becomes of a row.
struct Decision {
    std::string reason;  ///< it is left out
    FoundTarget target;
    FoundPrice price;
    PlacedTerm term;
    bool stays = false;  ///< in the old programme, although it might move
    std::size_t base = kNoBase;

    static constexpr std::size_t kNoBase = static_cast<std::size_t>(-1);
    [[nodiscard]] bool is_kept() const { return reason.empty(); }
};

class ScenarioMaker {
  public:
    ScenarioMaker(const ImportInput& input, ImportNotes& notes, Diagnostics& diagnostics)
        : input_(input),
          settings_(input.settings),
          rows_(input.subscriptions.rows),
          notes_(notes),
          diagnostics_(diagnostics),
          offers_(input, input.settings.today, notes),
          decisions_(rows_.size()) {}

    std::optional<ImportedScenario> make() {
        set_frame();
        for (std::size_t i = 0; i < rows_.size(); ++i) decide(i);
        find_bases();
        if (is_wrong_) return std::nullopt;
        for (std::size_t i = 0; i < rows_.size(); ++i) follow_bases(i);
        check_targets();
        warn_of_unused();
        name_customers();
        for (std::size_t i = 0; i < rows_.size(); ++i) decisions_[i].is_kept() ? keep(i) : leave_out(i);
        if (made_.subscriptions.empty() && !is_wrong_)
            wrong({input_.subscriptions.file, {}, {}, 1, 1},
                  rows_.empty() ? "the file has a header, but no subscription"
                                : "no subscription of this file can be part of a scenario; what was left out "
                                  "says why");
        if (is_wrong_) return std::nullopt;
        finish();
        return std::move(made_);
    }

  private:
    [[nodiscard]] Where where(std::size_t i) const { return {input_.subscriptions.file, rows_[i].line}; }

    void wrong(Place place, std::string message, std::string nearest = {}) {
        is_wrong_ = true;
        diagnostics_.error("", std::move(place), std::move(message), std::move(nearest));
    }

    void set_frame() {
        made_.name =
            settings_.name.empty()
                ? fmt::format("Imported from {}", input_.subscriptions.file.substr(
                                                      input_.subscriptions.file.find_last_of('/') + 1))
                : settings_.name;
        made_.currency = input_.prices.currency;
        made_.minor_digits = input_.prices.minor_digits;
        made_.perspective = input_.prices.perspective;
        made_.start = settings_.today;
        made_.end =
            Boundaries(made_.start, Period{static_cast<std::int16_t>(settings_.horizon_months)}).at(1);
    }

    // Which rows are kept

    void decide(std::size_t i) {
        Decision& decision = decisions_[i];
        const SubscriptionRecord& row = rows_[i];
        decision.reason = reason_against(row);
        if (!decision.is_kept()) return;
        place(row, decision);
        if (!decision.is_kept()) return;
        if (row.is_new_commerce)
            look_for_own_price(row, decision);
        else
            look_for_target(row, decision);
    }

    /// Why a row cannot be part of a scenario, by itself.
    [[nodiscard]] std::string reason_against(const SubscriptionRecord& row) const {
        const std::string status = lower_case(row.status);
        if (!status.empty() && status != "active") return fmt::format("its status is {}", status);
        if (row.is_trial) return "a trial";
        if (row.seats == 0) return "has no seats";
        if (!row.is_eligible && settings_.ineligible == IneligiblePolicy::leave_out)
            return fmt::format("not eligible: {}", row.reasons.empty() ? "no reason is given" : row.reasons);
        const std::optional<Period> billing = billing_period(row.billing);
        if (!billing)
            return fmt::format("its billing plan is {}",
                               kBillingPlanNames[static_cast<std::size_t>(row.billing)]);
        if (row.term.months % billing->months != 0) return "is billed less often than once a term";
        return {};
    }

    void place(const SubscriptionRecord& row, Decision& decision) const {
        Day end = row.end;
        const bool is_inclusive = settings_.ends == EndConvention::inclusive || row.is_end_of_day ||
                                  (settings_.ends == EndConvention::by_offer && row.is_new_commerce);
        if (is_inclusive && end != kAfterAllDays && end != kBeforeAllDays) ++end;
        decision.term =
            place_term(end, row.term, made_.start, row.auto_renew.value_or(true), last_renewal(row));
        if (decision.term.start.none()) decision.reason = decision.term.reason;
    }

    [[nodiscard]] Day last_renewal(const SubscriptionRecord& row) const {
        if (row.is_new_commerce) return {};
        const std::string programme = offers_.old_programme(row.term);
        for (const ProgrammeDraft& own : settings_.scenario.programmes)
            if (own.id == programme) return own.renewals_until.value_or(Day{});
        const ProgrammeRules* rules = find_rules(programme);
        return rules == nullptr ? Day{} : rules->renewals_until;
    }

    void look_for_own_price(const SubscriptionRecord& row, Decision& decision) const {
        const TermBilling sold_as{row.term, *billing_period(row.billing)};
        decision.target.listed = input_.prices.find(row.offer);
        if (decision.target.listed == nullptr)
            decision.reason = fmt::format("the price list has no {}", row.offer);
        else if (decision.target.listed->price_on(sold_as, decision.term.start) == nullptr)
            decision.reason = fmt::format("the price list does not sell {} for {} billed {}", row.offer,
                                          to_short_text(sold_as.term), to_short_text(sold_as.billing));
    }

    void look_for_target(const SubscriptionRecord& row, Decision& decision) {
        decision.stays = !row.is_eligible && settings_.ineligible == IneligiblePolicy::stay;
        decision.target = offers_.target_of(row);
        if (decision.target.listed == nullptr && !decision.stays) {
            decision.reason = decision.target.why;
            return;
        }
        const auto price = offers_.old_price(row, decision.target.listed, decision.term.start);
        if (price)
            decision.price = *price;
        else
            decision.reason = "nothing says what it costs";
    }

    // Add-ons

    void find_bases() {
        std::unordered_map<std::string_view, std::size_t> row_of;
        for (std::size_t i = 0; i < rows_.size(); ++i) row_of.emplace(rows_[i].id, i);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (rows_[i].base.empty()) continue;
            const auto found = row_of.find(rows_[i].base);
            if (found == row_of.end()) continue;
            if (rows_[found->second].customer != rows_[i].customer)
                wrong(base_place(i), fmt::format("the base {} in line {} belongs to another customer",
                                                 quoted(rows_[i].base), rows_[found->second].line));
            else
                decisions_[i].base = found->second;
        }
        check_circles();
    }

    [[nodiscard]] Place base_place(std::size_t i) const {
        return {input_.subscriptions.file, {}, input_.subscriptions.base_name, rows_[i].line, 0};
    }

    /// Walks from each row to its base and on, until a way that was walked before; its own way is a circle.
    void check_circles() {
        std::vector<std::size_t> way_of(rows_.size(), Decision::kNoBase);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            std::size_t at = i;
            while (at != Decision::kNoBase && way_of[at] == Decision::kNoBase) {
                way_of[at] = i;
                at = decisions_[at].base;
            }
            if (at != Decision::kNoBase && way_of[at] == i)
                wrong(base_place(at), "this subscription is, over its bases, its own base");
        }
    }

    /// The way from a row to its first base is gone backwards: a base is decided before what hangs on it.
    void follow_bases(std::size_t i) {
        std::vector<std::size_t> way;
        for (std::size_t at = i; decisions_[at].base != Decision::kNoBase; at = decisions_[at].base)
            way.push_back(at);
        for (auto at = way.rbegin(); at != way.rend(); ++at) follow_base(*at);
    }

    /// An add-on goes the way of its base.
    void follow_base(std::size_t i) {
        Decision& decision = decisions_[i];
        const Decision& base = decisions_[decision.base];
        if (!base.is_kept() && decision.is_kept())
            decision.reason = fmt::format("its base is left out ({})", base.reason);
        if (!decision.is_kept()) return;
        if (base.stays) decision.stays = true;
        // What moves does not hang on what stays, nor the other way round (M3.8).
        const bool is_base_old = !rows_[decision.base].is_new_commerce;
        if (decision.stays != base.stays || !is_base_old || rows_[i].is_new_commerce)
            decision.base = Decision::kNoBase;
    }

    // Targets and names

    /// Products that the settings name have to be in the price list: a slip would leave out what it is meant
    /// for.
    void check_targets() {
        std::vector<std::string_view> known;
        for (const ListedOffer& offer : input_.prices.offers) known.push_back(offer.id);
        for (const TargetSetting& target : settings_.targets) {
            const auto reference = parse_offer_reference(target.to);
            if (reference && reference->is_new_commerce && input_.prices.find(reference->id) != nullptr)
                continue;
            wrong({settings_.path, fmt::format("/targets/{}/to", target.position), {}, 0, 0},
                  fmt::format("the price list has no {}", quoted(target.to)), nearest_name(target.to, known));
        }
    }

    void warn_of_unused() {
        std::set<std::string_view> products;
        for (const SubscriptionRecord& row : rows_) products.insert(row.product);
        offers_.warn_of_unused({products.begin(), products.end()}, diagnostics_);
    }

    void name_customers() {
        std::vector<bool> is_kept(rows_.size());
        for (std::size_t i = 0; i < rows_.size(); ++i) is_kept[i] = decisions_[i].is_kept();
        made_.customers = termwise::name_customers(input_, is_kept, notes_);
        for (std::size_t i = 0; i < made_.customers.size(); ++i) customer_of_[made_.customers[i].tenant] = i;
    }

    // What is kept

    void keep(std::size_t i) {
        const SubscriptionRecord& row = rows_[i];
        const Decision& decision = decisions_[i];
        ImportedSubscription kept;
        kept.record = i;
        kept.customer = customer_of_.at(row.customer);
        kept.term_start = decision.term.start;
        kept.auto_renew = row.auto_renew.value_or(true);
        note_term(i);
        std::string offer = row.is_new_commerce ? keep_new(i, kept) : keep_old(i, kept);
        if (decision.base != Decision::kNoBase) kept.parent = rows_[decision.base].id;
        if (!row.base.empty() && decision.base == Decision::kNoBase)
            notes_.assume("an add-on whose base is not in the file, or goes another way, stands by itself",
                          "", where(i));
        offer_of_.push_back(std::move(offer));
        made_.subscriptions.push_back(std::move(kept));
    }

    void note_term(std::size_t i) {
        const SubscriptionRecord& row = rows_[i];
        const PlacedTerm& term = decisions_[i].term;
        notes_.assume("the current term starts one term before its end: exports do not tell its start", "",
                      where(i));
        if (settings_.ends == EndConvention::by_offer && !row.is_end_of_day)
            notes_.assume(row.is_new_commerce ? "the end of a new-commerce subscription is its last day"
                                              : "the end of an old subscription is the first day without it",
                          "ends", where(i));
        if (term.days_early > 0)
            notes_.assume(
                "no day is one term before the end: the term ends up to three days earlier than the file "
                "says",
                "", where(i));
        if (term.renewals > 0)
            notes_.assume("a term that ended before the first day has renewed for the same term", "today",
                          where(i));
        if (!row.auto_renew) notes_.assume("renews by itself: the file does not say", "", where(i));
    }

    std::string keep_new(std::size_t i, ImportedSubscription& kept) {
        const SubscriptionRecord& row = rows_[i];
        const ListedOffer& listed = *decisions_[i].target.listed;
        kept.must_move = false;
        kept.unit_price =
            listed.price_on({row.term, *billing_period(row.billing)}, kept.term_start)->unit_price;
        notes_.assume(
            "what is in new commerce already stays there, at the list's price for the day its term started",
            "", where(i));
        return offers_.new_offer(listed);
    }

    std::string keep_old(std::size_t i, ImportedSubscription& kept) {
        const SubscriptionRecord& row = rows_[i];
        const Decision& decision = decisions_[i];
        kept.unit_price = decision.price.price;
        notes_.assume(decision.price.note, decision.price.setting, where(i));
        if (!decision.price.second_note.empty())
            notes_.assume(decision.price.second_note, decision.price.setting, where(i));
        std::string offer = offers_.old_offer(row, decision.stays, kept.unit_price);
        kept.must_move = !decision.stays;
        if (decision.stays) {
            notes_.assume(row.is_eligible ? "an add-on of a base that stays, stays with it"
                                          : "what the tool would not migrate stays in the old programme",
                          "ineligible", where(i));
            return offer;
        }
        if (!row.is_eligible)
            notes_.assume("what the tool would not migrate is bought anew and the old subscription left",
                          "ineligible", where(i));
        if (!decision.target.note.empty()) notes_.assume(decision.target.note, "targets", where(i));
        kept.target = offers_.new_offer(*decision.target.listed);
        offers_.lead(offer, kept.target);
        take_what_is_asked(i, kept);
        return offer;
    }

    void take_what_is_asked(std::size_t i, ImportedSubscription& kept) {
        const SubscriptionRecord& row = rows_[i];
        if (settings_.seats == AskedPolicy::asked && row.asked_seats > 0 && row.asked_seats != row.seats) {
            kept.demand = row.asked_seats;
            notes_.assume("the seats asked for instead of those held are needed from the first day on",
                          "seats", where(i));
        }
        if (row.has_custom_end)
            notes_.assume("a custom end of the first term is not modelled: the new contract has a full term",
                          "", where(i));
        else if (row.keeps_term)
            notes_.assume(
                "keeping the old term's end is not modelled: the new contract has a full term from the day "
                "it is provisioned",
                "", where(i));
        if (settings_.terms != AskedPolicy::asked) return;
        const Period term = row.asked_term.months > 0 ? row.asked_term : row.term;
        const std::optional<Period> billing =
            billing_period(row.asked_billing == BillingPlan::unknown ? row.billing : row.asked_billing);
        if (billing && decisions_[i].target.listed->sells({term, *billing}))
            kept.asked = TermBilling{term, *billing};
        else
            notes_.assume("the term and billing plan asked for are not sold: any that is sold may be chosen",
                          "terms", where(i));
    }

    void leave_out(std::size_t i) {
        const SubscriptionRecord& row = rows_[i];
        notes_.leave_out({input_.subscriptions.file, row.line, row.id,
                          row.customer_name.empty() ? row.customer : row.customer_name, row.product,
                          std::to_string(row.seats), row.end_text, decisions_[i].reason});
    }

    // The whole

    void finish() {
        made_.offers = offers_.offers();
        made_.transitions.assign(offers_.transitions().begin(), offers_.transitions().end());
        made_.programmes = offers_.programmes();
        for (std::size_t i = 0; i < offer_of_.size(); ++i) {
            const auto offer = std::ranges::lower_bound(made_.offers, offer_of_[i], {}, &ImportedOffer::id);
            made_.subscriptions[i].offer = static_cast<std::size_t>(offer - made_.offers.begin());
        }
        std::ranges::sort(made_.subscriptions, {}, [&](const ImportedSubscription& s) {
            return std::tuple(s.customer, std::string_view(rows_[s.record].id));
        });
        note_defaults();
    }

    void note_defaults() {
        notes_.assume(fmt::format("the horizon is from {} to {}", to_text(made_.start), to_text(made_.end)),
                      "today, horizon_months");
        notes_.assume(made_.perspective == Perspective::partner
                          ? "prices are the partner's"
                          : "prices are the customer's, the list's ERP prices",
                      "perspective");
        notes_.assume(fmt::format("rules in force: {}", fmt::join(made_.programmes, ", ")),
                      "old.programme, new.programme");
        notes_.assume(settings_.relationship == Relationship::active
                          ? "every customer has accepted the reseller"
                          : "no customer has accepted the reseller yet",
                      "relationship");
        const bool has_old = std::ranges::any_of(
            made_.subscriptions, [&](const auto& s) { return !rows_[s.record].is_new_commerce; });
        if (has_old) notes_.assume("old subscriptions renew at the price they have now", "");
        if (has_old)
            notes_.assume("the same product is one SKU in the directory: users keep their licences",
                          "targets");
        if (settings_.scenario.teams.empty())
            notes_.assume("work costs nothing and has no limit", "scenario.teams");
        if (settings_.scenario.disruption && settings_.scenario.disruption->gap_per_seat_day) return;
        Money dearest(1);
        for (const ImportedSubscription& s : made_.subscriptions) {
            const std::int64_t months = billing_period(rows_[s.record].billing)->months;
            dearest = std::max(dearest, Money((s.unit_price.minor + months - 1) / months));
        }
        made_.gap_per_seat_day = dearest;
        notes_.assume(
            fmt::format("a day without service costs {} a seat, what the dearest seat costs a month",
                        to_decimal_text(dearest, made_.minor_digits)),
            "scenario.disruption.gap_per_seat_day");
    }

    const ImportInput& input_;
    const ImportSettings& settings_;
    const std::vector<SubscriptionRecord>& rows_;
    ImportNotes& notes_;
    Diagnostics& diagnostics_;
    bool is_wrong_ = false;
    OfferMaker offers_;
    std::vector<Decision> decisions_;
    std::unordered_map<std::string, std::size_t> customer_of_;  // tenant to position
    std::vector<std::string> offer_of_;  // of each subscription, while offers are still added
    ImportedScenario made_;
};

}  // namespace

std::optional<ImportedScenario> make_scenario(const ImportInput& input, ImportNotes& notes,
                                              Diagnostics& diagnostics) {
    std::optional<ImportedScenario> made = ScenarioMaker(input, notes, diagnostics).make();
    notes.sort();
    return made;
}

}  // namespace termwise
