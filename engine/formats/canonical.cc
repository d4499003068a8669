#include "formats/canonical.h"

#include <algorithm>
#include <optional>
#include <span>
#include <type_traits>
#include <variant>

#include "formats/json_writer.h"
#include "formats/names.h"
#include "formats/sha256.h"
#include "money/decimal.h"

namespace termwise {
namespace {

/// Writes one scenario; keys of every object in ascending order, as RFC 8785 wants them.
class CanonicalWriter {
  public:
    CanonicalWriter(const Scenario& scenario, const TextSink& sink)
        : s_(scenario), out_(JsonWriter::Layout::compact, sink) {}

    /// All customers, or only `some`.
    void write_scenario(std::optional<std::span<const CustomerIndex>> some = std::nullopt) {
        out_.begin_object();
        if (s_.given_plan_days > 0 || (s_.given_plan_days == 0 && has_acceptance_distribution()))
            write_plan_days(s_.given_plan_days);
        if (!s_.budgets.empty()) write_budgets();
        write_calendar();
        if (s_.continuity != Continuity::strict)
            out_.field("continuity", word(kContinuityNames, s_.continuity));
        out_.field("currency", s_.currency);
        write_customers(some);
        write_disruption();
        write_effort();
        out_.field("format", "termwise-scenario/1");
        out_.key("horizon").begin_object();
        out_.field("end", to_text(s_.h1())).field("start", to_text(s_.h0())).end_object();
        if (!s_.name.empty()) out_.field("name", s_.name);
        write_offers();
        if (s_.perspective != Perspective::customer)
            out_.field("perspective", word(kPerspectiveNames, s_.perspective));
        write_programmes();
        if (s_.provision_days != 0) out_.field("provision_days", s_.provision_days);
        if (s_.overlap_days != 0) {
            out_.key("strategy").begin_object();
            out_.field("overlap_days", s_.overlap_days).end_object();
        }
        if (!s_.target_terms.empty()) write_terms("target_terms", s_.target_terms);
        write_teams();
        write_transitions();
        if (s_.uncertainty) write_uncertainty(*s_.uncertainty);
        out_.end_object();
        out_.finish();
    }

    void write_plan(const Plan& plan) {
        out_.begin_object();
        out_.key("customers").begin_list();
        for (const Invitation& invitation : plan.invitations)
            out_.begin_object()
                .field("id", s_.id(invitation.customer))
                .field("invite_on", to_text(invitation.invite_on))
                .end_object();
        out_.end_list();
        out_.field("format", "termwise-plan/1");
        out_.key("moves").begin_list();
        std::vector<const Move*> moves;
        for (const Move& move : plan.moves) moves.push_back(&move);
        std::ranges::stable_sort(moves, {}, [&](const Move* move) { return s_.id(move->subscription); });
        for (const Move* move : moves) write_move(*move);
        out_.end_list();
        if (!plan.scenario_digest.empty()) out_.field("scenario", plan.scenario_digest);
        out_.end_object();
        out_.finish();
    }

  private:
    void amount(std::string_view name, Money money) {
        out_.field(name, to_decimal_text(money, s_.minor_digits));
    }
    void day(std::string_view name, Day day) {
        if (!day.none()) out_.field(name, to_text(day));
    }

    void write_plan_days(std::int32_t days) {
        out_.key("acceptance").begin_object();
        out_.field("plan_days", days).end_object();
    }

    [[nodiscard]] bool has_acceptance_distribution() const {
        return (s_.uncertainty && s_.uncertainty->acceptance) ||
               std::ranges::any_of(s_.customer_uncertainties,
                                   [](const Uncertainty& u) { return u.acceptance.has_value(); });
    }

    void write_budgets() {
        out_.key("budgets").begin_list();
        for (const Budget& budget : s_.budgets) {
            out_.begin_object().field("from", to_text(budget.days.from));
            amount("max", budget.max);
            out_.field("to", to_text(budget.days.to)).end_object();
        }
        out_.end_list();
    }

    void write_calendar() {
        const bool usual = s_.workdays.week() == kMondayToFriday;
        if (usual && s_.workdays.holidays().empty()) return;
        out_.key("calendar").begin_object();
        if (!s_.workdays.holidays().empty()) {
            out_.key("holidays").begin_list();
            for (const Day holiday : s_.workdays.holidays()) out_.value(to_text(holiday));
            out_.end_list();
        }
        if (!usual) {
            out_.key("workdays").begin_list();
            for (std::size_t d = 0; d < kWeekdayNames.size(); ++d)
                if (((s_.workdays.week() >> d) & 1U) != 0) out_.value(kWeekdayNames[d]);
            out_.end_list();
        }
        out_.end_object();
    }

    void write_customers(std::optional<std::span<const CustomerIndex>> some) {
        out_.key("customers").begin_list();
        if (some)
            for (const CustomerIndex customer : *some) write_customer(customer);
        else
            for (std::size_t c = 0; c < s_.customers.size(); ++c) write_customer(CustomerIndex(c));
        out_.end_list();
    }

    void write_customer(CustomerIndex index) {
        const Customer& customer = s_.at(index);
        out_.begin_object();
        if (customer.given_plan_days >= 0) write_plan_days(customer.given_plan_days);
        if (customer.blackouts.size > 0) {
            out_.key("blackouts").begin_list();
            for (std::uint32_t i = 0; i < customer.blackouts.size; ++i) {
                const Interval<Day>& days = s_.blackouts[customer.blackouts.begin + i];
                out_.begin_object()
                    .field("from", to_text(days.from))
                    .field("to", to_text(days.to))
                    .end_object();
            }
            out_.end_list();
        }
        out_.field("id", s_.texts.view(customer.id));
        if (customer.name.length > 0) out_.field("name", s_.texts.view(customer.name));
        if (customer.relationship != Relationship::pending)
            out_.field("relationship", word(kRelationshipNames, customer.relationship));
        out_.key("subscriptions").begin_list();
        for (const Subscription& s : s_.subscriptions_of(index)) write_subscription(s);
        out_.end_list();
        if (customer.uncertainty >= 0)
            write_uncertainty(s_.customer_uncertainties[static_cast<std::size_t>(customer.uncertainty)]);
        out_.end_object();
    }

    void write_subscription(const Subscription& s) {
        out_.begin_object();
        if (s.auto_renew) out_.field("auto_renew", true);
        out_.field("billing", to_text(s.sold_as.billing));
        if (s.demand.size > 0) {
            out_.key("demand").begin_list();
            for (const DemandStep& step : s_.demand(s).steps())
                out_.begin_object().field("from", to_text(step.from)).field("seats", step.seats).end_object();
            out_.end_list();
        }
        out_.field("id", s_.texts.view(s.id));
        day("move_by", s.move_by);
        day("move_from", s.move_from);
        if (!s.must_move) out_.field("must_move", false);
        out_.field("offer", s_.at(s.offer).id);
        if (!s.parent.none()) out_.field("parent", s_.id(s.parent));
        out_.field("seats", s.seats);
        if (s.target_terms.size > 0) {
            const auto first = s_.own_target_terms.begin() + s.target_terms.begin;
            write_terms("target_terms", {first, first + s.target_terms.size});
        }
        if (s.targets.size > 0) {
            out_.key("targets").begin_list();
            for (std::uint32_t i = 0; i < s.targets.size; ++i)
                out_.value(s_.at(s_.targets[s.targets.begin + i]).id);
            out_.end_list();
        }
        out_.field("term", to_text(s.sold_as.term)).field("term_start", to_text(s.term_start));
        amount("unit_price", s.unit_price);
        out_.end_object();
    }

    void write_terms(std::string_view name, const std::vector<TermBilling>& terms) {
        out_.key(name).begin_list();
        for (const TermBilling& sold_as : terms)
            out_.begin_object()
                .field("billing", to_text(sold_as.billing))
                .field("term", to_text(sold_as.term))
                .end_object();
        out_.end_list();
    }

    void write_disruption() {
        if (s_.gap_per_seat_day == Money{} && s_.reassign_per_seat == Money{}) return;
        out_.key("disruption").begin_object();
        if (s_.gap_per_seat_day != Money{}) amount("gap_per_seat_day", s_.gap_per_seat_day);
        if (s_.reassign_per_seat != Money{}) amount("reassign_per_seat", s_.reassign_per_seat);
        out_.end_object();
    }

    [[nodiscard]] bool is_default_team(TeamIndex team) const { return team.value <= 0; }

    void write_effort() {
        const auto is_default = [&](const EffortItem& item) {
            return item.minutes == 0 && is_default_team(item.team);
        };
        const Effort& e = s_.effort;
        const bool reassign = e.reassign.seconds_per_seat != 0 || e.reassign.seats_per_day != 0 ||
                              !is_default_team(e.reassign.team);
        if (is_default(e.auto_renew_off) && is_default(e.cancel) && is_default(e.invite) &&
            is_default(e.provision) && !reassign && is_default(e.visit))
            return;
        const auto item = [&](std::string_view name, const EffortItem& effort) {
            if (is_default(effort)) return;
            out_.key(name).begin_object();
            if (effort.minutes != 0) out_.field("minutes", effort.minutes);
            if (!is_default_team(effort.team)) out_.field("team", s_.at(effort.team).id);
            out_.end_object();
        };
        out_.key("effort").begin_object();
        item("auto_renew_off", e.auto_renew_off);
        item("cancel", e.cancel);
        item("invite", e.invite);
        item("provision", e.provision);
        if (reassign) {
            out_.key("reassign").begin_object();
            if (e.reassign.seats_per_day != 0) out_.field("seats_per_day", e.reassign.seats_per_day);
            if (e.reassign.seconds_per_seat != 0) out_.field("seconds_per_seat", e.reassign.seconds_per_seat);
            if (!is_default_team(e.reassign.team)) out_.field("team", s_.at(e.reassign.team).id);
            out_.end_object();
        }
        item("visit", e.visit);
        out_.end_object();
    }

    void write_offers() {
        out_.key("offers").begin_list();
        for (const Offer& offer : s_.offers) {
            out_.begin_object().field("id", offer.id);
            if (offer.max_seats != std::numeric_limits<std::int32_t>::max())
                out_.field("max_seats", offer.max_seats);
            if (!offer.name.empty()) out_.field("name", offer.name);
            out_.key("prices").begin_list();
            for (const Price& price : offer.prices) {
                out_.begin_object().field("billing", to_text(price.sold_as.billing));
                if (price.days.from != kBeforeAllDays) day("from", price.days.from);
                out_.field("term", to_text(price.sold_as.term));
                if (price.days.to != kAfterAllDays) day("to", price.days.to);
                amount("unit_price", price.unit_price);
                out_.end_object();
            }
            out_.end_list();
            out_.field("programme", s_.at(offer.programme).id);
            if (!offer.requires_any.empty()) {
                out_.key("requires").begin_list();
                for (const OfferIndex required : offer.requires_any) out_.value(s_.at(required).id);
                out_.end_list();
            }
            if (!offer.sku.empty()) out_.field("sku", offer.sku);
            out_.end_object();
        }
        out_.end_list();
    }

    void write_programmes() {
        out_.key("programmes").begin_list();
        for (const Programme& programme : s_.programmes) {
            out_.begin_object();
            const Cancellation& c = programme.cancellation;
            const bool usual = c.allowed == CancellationAllowed::always && c.fee == Money{} &&
                               c.refund == Refund::none && !c.refund_window_days &&
                               c.remaining == Remaining::due;
            if (!usual) {
                out_.key("cancellation").begin_object();
                if (c.allowed != CancellationAllowed::always)
                    out_.field("allowed", word(kAllowedNames, c.allowed));
                if (c.fee != Money{}) amount("fee", c.fee);
                if (c.refund != Refund::none) out_.field("refund", word(kRefundNames, c.refund));
                if (c.refund_window_days) out_.field("refund_window_days", *c.refund_window_days);
                if (c.remaining != Remaining::due)
                    out_.field("remaining", word(kRemainingNames, c.remaining));
                out_.end_object();
            }
            if (programme.grace_days != 0) out_.field("grace_days", programme.grace_days);
            out_.field("id", programme.id);
            if (programme.renewal_notice_days != 0)
                out_.field("renewal_notice_days", programme.renewal_notice_days);
            if (programme.renewals_until != kAfterAllDays) day("renewals_until", programme.renewals_until);
            out_.end_object();
        }
        out_.end_list();
    }

    void write_teams() {
        if (s_.teams.empty()) return;
        out_.key("teams").begin_list();
        for (const Team& team : s_.teams) {
            out_.begin_object();
            if (team.capacity) {
                out_.key("capacity").begin_object();
                if (!team.capacity->exceptions.empty()) {
                    out_.key("exceptions").begin_list();
                    for (const CapacityException& exception : team.capacity->exceptions)
                        out_.begin_object()
                            .field("minutes", exception.minutes)
                            .field("on", to_text(exception.on))
                            .end_object();
                    out_.end_list();
                }
                out_.field("minutes", team.capacity->minutes)
                    .field("per", word(kCapacityPerNames, team.capacity->per));
                out_.end_object();
            }
            out_.field("id", team.id);
            if (team.labour_rate != Money{}) amount("labour_rate", team.labour_rate);
            out_.end_object();
        }
        out_.end_list();
    }

    void write_transitions() {
        if (s_.transitions.empty()) return;
        out_.key("transitions").begin_list();
        for (const Transition& t : s_.transitions) {
            const Offer& from = s_.at(t.from);
            const Offer& to = s_.at(t.to);
            const bool skus_differ = from.sku.empty() || from.sku != to.sku;
            out_.begin_object().field("from", from.id);
            if (t.reassigns != skus_differ) out_.field("reassign", t.reassigns);
            out_.field("to", to.id).end_object();
        }
        out_.end_list();
    }

    void write_uncertainty(const Uncertainty& u) {
        out_.key("uncertainty").begin_object();
        if (u.acceptance) write_distribution("acceptance", *u.acceptance);
        if (u.decline) out_.field("decline", *u.decline);
        if (u.plan_quantile) out_.field("plan_quantile", *u.plan_quantile);
        if (u.provision_delay) write_distribution("provision_delay", *u.provision_delay);
        if (u.provision_failure) {
            out_.key("provision_failure").begin_object();
            out_.field("probability", u.provision_failure->probability);
            out_.field("retry_days", u.provision_failure->retry_days).end_object();
        }
        if (u.work) write_distribution("work", *u.work);
        out_.end_object();
    }

    void write_distribution(std::string_view name, const Distribution& distribution) {
        out_.key(name).begin_object();
        std::visit(
            [&](const auto& of) {
                using T = std::decay_t<decltype(of)>;
                if constexpr (std::is_same_v<T, termwise::distribution::Fixed>) {
                    out_.field("fixed", of.value);
                } else if constexpr (std::is_same_v<T, termwise::distribution::Uniform>) {
                    out_.key("uniform").begin_object().field("max", of.max).field("min", of.min).end_object();
                } else if constexpr (std::is_same_v<T, termwise::distribution::Triangular>) {
                    out_.key("triangular")
                        .begin_object()
                        .field("max", of.max)
                        .field("min", of.min)
                        .field("mode", of.mode)
                        .end_object();
                } else if constexpr (std::is_same_v<T, termwise::distribution::LognormalQuantiles>) {
                    out_.key("lognormal")
                        .begin_object()
                        .field("median", of.median)
                        .field("p90", of.p90)
                        .end_object();
                } else if constexpr (std::is_same_v<T, termwise::distribution::LognormalMoments>) {
                    out_.key("lognormal")
                        .begin_object()
                        .field("cv", of.cv)
                        .field("mean", of.mean)
                        .end_object();
                } else {
                    out_.key("empirical").begin_list();
                    for (const double value : of.values) out_.value(value);
                    out_.end_list();
                }
            },
            distribution);
        out_.end_object();
    }

    void write_move(const Move& move) {
        out_.begin_object().field("action", word(kActionNames, move.action));
        day("auto_renew_off_on", move.auto_renew_off_on);
        if (move.action == Action::migrate) {
            out_.field("billing", to_text(move.sold_as.billing)).field("exit", word(kExitNames, move.exit));
            day("exit_on", move.exit_on);
            day("provision_on", move.provision_on);
            day("reassign_on", move.reassign_on);
        }
        out_.field("subscription", s_.id(move.subscription));
        if (move.action == Action::migrate)
            out_.field("target", s_.at(move.target).id).field("term", to_text(move.sold_as.term));
        out_.end_object();
    }

    const Scenario& s_;
    JsonWriter out_;
};

std::string collect(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    return text;
}

std::string digest(const std::function<void(const TextSink&)>& write) {
    Sha256 sha;
    write([&](std::string_view piece) { sha.add(piece); });
    return sha.hex();
}

}  // namespace

void write_canonical(const Scenario& scenario, const TextSink& sink) {
    CanonicalWriter(scenario, sink).write_scenario();
}

void write_canonical(const Scenario& scenario, const Plan& plan, const TextSink& sink) {
    CanonicalWriter(scenario, sink).write_plan(plan);
}

std::string canonical_text(const Scenario& scenario) {
    return collect([&](const TextSink& sink) { write_canonical(scenario, sink); });
}

std::string canonical_frame_text(const Scenario& scenario, std::span<const CustomerIndex> customers) {
    return collect([&](const TextSink& sink) { CanonicalWriter(scenario, sink).write_scenario(customers); });
}

std::string canonical_text(const Scenario& scenario, const Plan& plan) {
    return collect([&](const TextSink& sink) { write_canonical(scenario, plan, sink); });
}

std::string digest_of(const Scenario& scenario) {
    return digest([&](const TextSink& sink) { write_canonical(scenario, sink); });
}

std::string digest_of(const Scenario& scenario, const Plan& plan) {
    return digest([&](const TextSink& sink) { write_canonical(scenario, plan, sink); });
}

}  // namespace termwise
