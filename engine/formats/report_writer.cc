#include "formats/report_writer.h"

#include <algorithm>

#include "formats/names.h"
#include "formats/report_columns.h"

namespace termwise {
namespace {

constexpr std::int32_t kActionDays = 28, kFirstDays = 7;
constexpr std::size_t kMostActions = 500;

class ReportWriter {
  public:
    ReportWriter(const Report& report, const TextSink& sink)
        : report_(report),
          scenario_(report.scenario),
          answer_(answer_of(report.plans)),
          out_(JsonWriter::Layout::compact, sink),
          columns_(out_) {
        if (scenario_ != nullptr) ways_.emplace(*scenario_, report.plans);
    }

    void write() {
        out_.begin_object().field("format", "termwise-report/1");
        made_by();
        frame();
        names();
        catalogues();
        customers();
        subscriptions();
        write_report_plans(report_, answer_, ways_ ? &*ways_ : nullptr, out_);
        answer();
        actions();
        out_.key("agenda");
        if (answer_.plan && report_.agenda)
            write_report_agenda(report_, *answer_.plan, out_);
        else
            out_.null();
        details();
        out_.key("assumptions");
        if (scenario_ != nullptr && report_.notes)
            write_report_assumptions(report_, *ways_, out_);
        else
            out_.null();
        write_report_results(report_, out_);
        out_.end_object().finish();
    }

  private:
    void made_by() {
        out_.key("made_by").begin_object().field("version", report_.made_by.version);
        out_.field("verb", report_.made_by.verb);
        columns_.texts("command", report_.made_by.command.size(),
                       [&](std::size_t i) { return report_.made_by.command[i]; });
        out_.end_object();
    }

    void frame() {
        const ReportFrame& f = report_.frame;
        out_.key("scenario").begin_object().field("name", f.name).field("digest", f.digest);
        out_.field("perspective", word(kPerspectiveNames, f.perspective)).key("perspective_given");
        scenario_ != nullptr ? out_.value(scenario_->perspective_given) : out_.null();
        out_.field("currency", f.currency).field("digits", f.minor_digits);
        columns_.days("horizon", f.horizon);
        const auto count = [&](std::string_view name, std::size_t number) {
            out_.key(name);
            scenario_ != nullptr ? out_.value(number) : out_.null();
        };
        std::size_t seats = 0;
        if (scenario_ != nullptr)
            for (const Subscription& s : scenario_->subscriptions) seats += static_cast<std::size_t>(s.seats);
        count("customers", scenario_ != nullptr ? scenario_->customers.size() : 0);
        count("subscriptions", scenario_ != nullptr ? scenario_->subscriptions.size() : 0);
        count("seats", seats);
        out_.key("uncertain");
        if (scenario_ != nullptr)
            out_.value(scenario_->uncertainty.has_value() || !scenario_->customer_uncertainties.empty());
        else
            out_.null();
        out_.end_object();
    }

    void names() {
        columns_.texts("component_names", kComponentCount, [](std::size_t c) { return kComponentNames[c]; });
        columns_.numbers("component_signs", kComponentCount, [](std::size_t c) {
            Components one;
            one.amounts[c] = Money(1);
            return one.total().minor;
        });
        const auto with = std::ranges::find_if(
            report_.plans, [](const ReportedPlan& plan) { return !plan.score.months.empty(); });
        out_.key("months");
        if (with != report_.plans.end())
            out_.begin_object()
                .field("first", month_text(with->score.first_month))
                .field("count", with->score.months.size())
                .end_object();
        else
            out_.null();
        columns_.texts("rules", kRuleCount, [](std::size_t r) { return rule_name(static_cast<Rule>(r)); });
    }

    void catalogues() {
        const std::size_t programmes = scenario_ != nullptr ? scenario_->programmes.size() : 0;
        columns_.column("programmes", programmes,
                        [&](std::size_t i) { programme(scenario_->programmes[i]); });
        const std::size_t offers = scenario_ != nullptr ? scenario_->offers.size() : 0;
        columns_.column("offers", offers, [&](std::size_t i) {
            const Offer& offer = scenario_->offers[i];
            out_.begin_object().field("id", offer.id).field("name", offer.name).field("sku", offer.sku);
            out_.field("programme", offer.programme.at()).key("max_seats");
            if (offer.max_seats == std::numeric_limits<std::int32_t>::max())
                out_.null();
            else
                out_.value(offer.max_seats);
            out_.end_object();
        });
        columns_.column("ways", ways_ ? ways_->all().size() : 0, [&](std::size_t i) {
            const TermBilling& way = ways_->all()[i];
            out_.begin_list().value(to_short_text(way.term)).value(to_short_text(way.billing)).end_list();
        });
        columns_.column("teams", scenario_ != nullptr ? scenario_->teams.size() : 0,
                        [&](std::size_t t) { team(TeamIndex(t)); });
    }

    void programme(const Programme& p) {
        out_.begin_object().field("id", p.id);
        columns_.day("renewals_until", p.renewals_until);
        out_.field("grace_days", p.grace_days).field("renewal_notice_days", p.renewal_notice_days);
        const Cancellation& c = p.cancellation;
        out_.key("cancellation").begin_object().field("allowed", word(kAllowedNames, c.allowed));
        out_.field("refund", word(kRefundNames, c.refund)).key("refund_window_days");
        c.refund_window_days ? out_.value(*c.refund_window_days) : out_.null();
        out_.field("remaining", word(kRemainingNames, c.remaining));
        columns_.money("fee", c.fee);
        out_.end_object().end_object();
    }

    void team(TeamIndex index) {
        const Team& team = scenario_->at(index);
        out_.begin_object().field("id", team.id);
        columns_.money("labour_rate", team.labour_rate);
        out_.key("per");
        team.capacity ? out_.value(word(kCapacityPerNames, team.capacity->per)) : out_.null();
        const std::vector<Day> buckets = team_buckets(*scenario_, index);
        columns_.column("buckets", buckets.size(), [&](std::size_t b) { columns_.day(buckets[b]); });
        if (team.capacity) {
            const TeamLoad load(*scenario_);
            const std::int32_t first = load.bucket_of(index, scenario_->h0());
            columns_.numbers("limit", buckets.size(), [&](std::size_t b) {
                return load.limit_seconds(index, first + static_cast<std::int32_t>(b));
            });
        } else {
            out_.key("limit").null();
        }
        out_.end_object();
    }

    /// Only ids, of results whose scenario was not read.
    void only_ids(const std::vector<std::string>& ids, std::initializer_list<std::string_view> others) {
        if (ids.empty()) {
            out_.null();
            return;
        }
        out_.begin_object();
        columns_.texts("id", ids.size(), [&](std::size_t i) { return ids[i]; });
        for (const std::string_view name : others) out_.key(name).null();
        out_.end_object();
    }

    void customers() {
        out_.key("customers");
        if (scenario_ == nullptr) {
            only_ids(report_.customers, {"name", "pending", "plan_days", "subscriptions", "blackouts"});
            return;
        }
        const Scenario& s = *scenario_;
        const std::size_t count = s.customers.size();
        out_.begin_object();
        columns_.texts("id", count, [&](std::size_t c) { return s.id(CustomerIndex(c)); });
        columns_.texts("name", count, [&](std::size_t c) { return s.texts.view(s.customers[c].name); });
        columns_.numbers("pending", count, [&](std::size_t c) {
            return s.customers[c].relationship == Relationship::pending ? 1 : 0;
        });
        columns_.numbers("plan_days", count, [&](std::size_t c) { return s.customers[c].plan_days; });
        columns_.numbers("subscriptions", count,
                         [&](std::size_t c) { return s.customers[c].subscriptions.begin; });
        struct Blackout {
            std::size_t customer;
            Interval<Day> days;
        };
        std::vector<Blackout> blackouts;
        for (std::size_t c = 0; c < count; ++c) {
            const ListRange range = s.customers[c].blackouts;
            for (std::uint32_t b = 0; b < range.size; ++b)
                blackouts.push_back({c, s.blackouts[range.begin + b]});
        }
        out_.key("blackouts").begin_object();
        columns_.numbers("customer", blackouts.size(), [&](std::size_t b) { return blackouts[b].customer; });
        columns_.column("from", blackouts.size(),
                        [&](std::size_t b) { columns_.day(blackouts[b].days.from); });
        columns_.column("to", blackouts.size(), [&](std::size_t b) { columns_.day(blackouts[b].days.to); });
        out_.end_object().end_object();
    }

    void subscriptions() {
        out_.key("subscriptions");
        if (scenario_ == nullptr) {
            only_ids(report_.subscriptions,
                     {"customer", "offer", "way", "seats", "unit_price", "term_start", "term_end",
                      "move_from", "move_by", "parent", "auto_renew", "must_move"});
            return;
        }
        const Scenario& s = *scenario_;
        const std::size_t count = s.subscriptions.size();
        const auto at = [&](std::size_t i) -> const Subscription& { return s.subscriptions[i]; };
        out_.begin_object();
        columns_.texts("id", count, [&](std::size_t i) { return s.id(SubscriptionIndex(i)); });
        columns_.numbers("customer", count, [&](std::size_t i) { return at(i).customer.at(); });
        columns_.numbers("offer", count, [&](std::size_t i) { return at(i).offer.at(); });
        columns_.numbers("way", count, [&](std::size_t i) { return ways_->number_of(at(i).sold_as); });
        columns_.numbers("seats", count, [&](std::size_t i) { return at(i).seats; });
        columns_.numbers("unit_price", count, [&](std::size_t i) { return at(i).unit_price.minor; });
        columns_.column("term_start", count, [&](std::size_t i) { columns_.day(at(i).term_start); });
        columns_.column("term_end", count, [&](std::size_t i) { columns_.day(at(i).current_term_end()); });
        columns_.day_column("move_from", count, [&](std::size_t i) { return at(i).move_from; });
        columns_.day_column("move_by", count, [&](std::size_t i) { return at(i).move_by; });
        if (std::ranges::all_of(s.subscriptions, [](const Subscription& one) { return one.parent.none(); }))
            out_.key("parent").null();
        else
            columns_.column("parent", count, [&](std::size_t i) {
                at(i).parent.none() ? out_.null() : out_.value(at(i).parent.at());
            });
        columns_.numbers("auto_renew", count, [&](std::size_t i) { return at(i).auto_renew ? 1 : 0; });
        columns_.numbers("must_move", count, [&](std::size_t i) { return s.has_to_move(at(i)) ? 1 : 0; });
        out_.end_object();
    }

    // ---- the answer and what follows from it ----

    void position(std::string_view name, const std::optional<std::size_t>& of) {
        out_.key(name);
        of ? out_.value(*of) : out_.null();
    }

    void answer() {
        out_.key("answer").begin_object();
        position("plan", answer_.plan);
        columns_.numbers("ranking", answer_.ranking.size(),
                         [&](std::size_t i) { return answer_.ranking[i]; });
        position("against", answer_.against);
        if (report_.results.simulation.empty()) {
            out_.key("simulated").null();
        } else {
            const auto simulated = simulated_plans(report_);
            columns_.column("simulated", simulated.size(),
                            [&](std::size_t i) { simulated[i] ? out_.value(*simulated[i]) : out_.null(); });
        }
        out_.end_object();
    }

    void actions() {
        out_.key("actions");
        if (!answer_.plan || !report_.plans[*answer_.plan].plan) {
            out_.null();
            return;
        }
        const std::vector<DatedAction> all = actions_of(*scenario_, *report_.plans[*answer_.plan].plan);
        const Day from = scenario_->h0(), to = from + kActionDays;
        const auto before = [&](Day day) {
            return static_cast<std::size_t>(std::ranges::lower_bound(all, day, {}, &DatedAction::day) -
                                            all.begin());
        };
        const std::size_t count = std::min(before(to), kMostActions);
        out_.begin_object().field("plan", *answer_.plan);
        columns_.day("from", from);
        columns_.day("to", to);
        out_.field("within_7", before(from + kFirstDays)).field("count", all.size());
        columns_.column("day", count, [&](std::size_t i) { columns_.day(all[i].day); });
        columns_.texts("kind", count, [&](std::size_t i) { return word(kActionKindNames, all[i].kind); });
        columns_.numbers("customer", count, [&](std::size_t i) { return all[i].customer.at(); });
        columns_.column("subscription", count, [&](std::size_t i) {
            all[i].subscription.none() ? out_.null() : out_.value(all[i].subscription.at());
        });
        out_.end_object();
    }

    void details() {
        out_.key("details");
        if (answer_.plan && scenario_ != nullptr)
            write_report_details(report_, *answer_.plan, *ways_, out_);
        else
            out_.begin_list().end_list();
        const std::size_t of = scenario_ != nullptr ? scenario_->subscriptions.size() : 0;
        out_.key("detail_limits").begin_object().field("most", kMostDetails);
        out_.field("given", report_.details.size()).field("of", of).field("by", "stake").key("why");
        if (scenario_ == nullptr)
            out_.value("not-read");
        else if (!answer_.plan)
            out_.value("no-plan");
        else if (report_.details.size() < of)
            out_.value("limit");
        else
            out_.null();
        out_.field("everything_up_to", kEverythingUpTo).end_object();
    }

    const Report& report_;
    const Scenario* scenario_;
    const ReportedAnswer answer_;
    std::optional<ReportWays> ways_;
    JsonWriter out_;
    ReportColumns columns_;
};

}  // namespace

ReportWays::ReportWays(const Scenario& scenario, const std::vector<ReportedPlan>& plans) {
    for (const Offer& offer : scenario.offers)
        for (const Price& price : offer.prices) ways_.push_back(price.sold_as);
    for (const Subscription& s : scenario.subscriptions)
        if (ways_.empty() || ways_.back() != s.sold_as) ways_.push_back(s.sold_as);
    ways_.insert(ways_.end(), scenario.target_terms.begin(), scenario.target_terms.end());
    ways_.insert(ways_.end(), scenario.own_target_terms.begin(), scenario.own_target_terms.end());
    for (const ReportedPlan& reported : plans)
        if (reported.plan)
            for (const Move& move : reported.plan->moves)
                if (move.action == Action::migrate && ways_.back() != move.sold_as)
                    ways_.push_back(move.sold_as);
    std::ranges::sort(ways_);
    const auto rest = std::ranges::unique(ways_);
    ways_.erase(rest.begin(), rest.end());
}

std::size_t ReportWays::number_of(TermBilling sold_as) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(ways_, sold_as) - ways_.begin());
}

ReportFrame report_frame_of(const Scenario& scenario, std::string digest) {
    return {scenario.name,        std::move(digest),     scenario.currency,
            scenario.perspective, scenario.minor_digits, scenario.horizon};
}

void write_report(const Report& report, const TextSink& sink) { ReportWriter(report, sink).write(); }

}  // namespace termwise
