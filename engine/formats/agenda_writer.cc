#include "formats/agenda_writer.h"

#include <fmt/format.h>

#include <array>

#include "formats/ics_writer.h"
#include "formats/json_writer.h"
#include "formats/move_fields.h"
#include "formats/names.h"
#include "formats/sha256.h"
#include "money/decimal.h"

namespace termwise {
namespace {

constexpr std::array<std::string_view, 5> kDutyNames{"invite", "provision", "reassign", "auto-renew-off",
                                                     "cancel"};
constexpr std::array<std::string_view, 3> kRoutineNames{"renews", "ends", "service-ends"};
constexpr std::array<std::string_view, 4> kLossNames{"nothing", "rule", "price", "refund"};

class AgendaWriter {
  public:
    AgendaWriter(const Scenario& scenario, const TextSink& sink)
        : scenario_(scenario), out_(JsonWriter::Layout::indented, sink) {}

    void write(const Agenda& agenda) {
        out_.begin_object().field("format", "termwise-agenda/1").field("currency", scenario_.currency);
        out_.field("from", agenda.days.from).field("to", agenda.days.to);
        out_.field("feasible", agenda.feasible()).key("plan");
        if (agenda.has_plan) {
            out_.begin_object();
            money("total", *agenda.total);
            out_.field("feasible", agenda.violations.empty());
            out_.field("violations", agenda.violations.size()).end_object();
        } else {
            out_.null();
        }
        out_.key("items").begin_list();
        for (const AgendaItem& item : agenda.items) write(item);
        out_.end_list().key("routine").begin_list();
        for (const Routine& routine : agenda.routine)
            out_.begin_object()
                .field("kind", routine_name(routine.kind))
                .field("customer", scenario_.id(scenario_.at(routine.subscription).customer))
                .field("subscription", scenario_.id(routine.subscription))
                .field("on", routine.day)
                .end_object();
        out_.end_list().key("without_plan").begin_list();
        for (const CustomerIndex customer : agenda.without_plan) out_.value(scenario_.id(customer));
        out_.end_list().end_object().finish();
    }

  private:
    void money(std::string_view name, Money amount) {
        out_.field(name, to_decimal_text(amount, scenario_.minor_digits));
    }

    void write(const Violation& v) {
        out_.begin_object().field("rule", rule_name(v.rule)).field("at", subject_text(scenario_, v));
        out_.field("message", message_text(scenario_, v)).end_object();
    }

    void write(std::string_view name, const Consequence& consequence) {
        out_.key(name).begin_object();
        money("cost", consequence.cost);
        out_.key("violations").begin_list();
        for (const Violation& v : consequence.broken) write(v);
        out_.end_list().end_object();
    }

    void write(const AgendaItem& item) {
        out_.begin_object().field("kind", duty_name(item.duty.kind));
        out_.field("customer", scenario_.id(item.customer)).key("subscription");
        item.duty.subscription.none() ? out_.null() : out_.value(scenario_.id(item.duty.subscription));
        out_.field("on", item.duty.day).field("until", item.until);
        write("by_end", item.by_end);
        write("day_late", item.day_late);
        write("missed", item.missed);
        out_.field("loss", loss_name(item.loss)).key("breaks");
        item.breaks&& item.loss == Loss::rule ? write(*item.breaks) : static_cast<void>(out_.null());
        out_.key("instead").begin_list();
        for (std::size_t i = 0; i < item.instead.size(); ++i) {
            out_.begin_object().field("subscription", scenario_.id(item.instead[i].subscription));
            out_.key("planned").begin_object();
            write_move_fields(scenario_, item.planned[i], out_);
            out_.end_object().key("move").begin_object();
            write_move_fields(scenario_, item.instead[i], out_);
            out_.end_object().end_object();
        }
        out_.end_list().field("invite_instead", item.invite_instead).end_object();
    }

    const Scenario& scenario_;
    JsonWriter out_;
};

std::string uid_of(const Scenario& scenario, std::string_view kind, CustomerIndex customer,
                   SubscriptionIndex subscription) {
    Sha256 digest;
    for (const std::string_view part :
         {std::string_view(scenario.name), kind, scenario.id(customer),
          subscription.none() ? std::string_view() : scenario.id(subscription)}) {
        digest.add(std::to_string(part.size()) + ":");
        digest.add(part);
    }
    return digest.hex().substr(0, 32) + "@termwise";
}

std::string consequence_text(const Scenario& scenario, const Consequence& consequence) {
    std::string text =
        fmt::format("{} {}", to_decimal_text(consequence.cost, scenario.minor_digits), scenario.currency);
    if (!consequence.broken.empty())
        text += fmt::format(", and breaks {}: {}", rule_name(consequence.broken.front().rule),
                            message_text(scenario, consequence.broken.front()));
    return text;
}

}  // namespace

std::string_view duty_name(DutyKind kind) { return word(kDutyNames, kind); }
std::string_view routine_name(Routine::Kind kind) { return word(kRoutineNames, kind); }
std::string_view loss_name(Loss loss) { return word(kLossNames, loss); }

void write_agenda(const Scenario& scenario, const Agenda& agenda, const TextSink& sink) {
    AgendaWriter(scenario, sink).write(agenda);
}

void write_agenda_csv(const Scenario& scenario, const Agenda& agenda, bool routine, CsvDialect dialect,
                      const TextSink& sink) {
    CsvWriter csv(sink, dialect);
    for (const char* head : {"kind", "customer", "subscription", "on", "until", "cost", "rule", "day_late",
                             "missed", "missed_rule", "loss"})
        csv.cell(head);
    csv.end_row();
    const auto cost = [&](const Consequence& c) {
        csv.number(to_decimal_text(c.cost, scenario.minor_digits));
    };
    const auto rule = [&](const Consequence& c) {
        csv.cell(c.broken.empty() ? std::string_view() : rule_name(c.broken.front().rule));
    };
    for (const AgendaItem& item : agenda.items) {
        csv.cell(duty_name(item.duty.kind)).cell(scenario.id(item.customer));
        csv.cell(item.duty.subscription.none() ? "" : scenario.id(item.duty.subscription));
        csv.cell(to_text(item.duty.day)).cell(to_text(item.until));
        cost(item.by_end);
        rule(item.by_end);
        cost(item.day_late);
        cost(item.missed);
        rule(item.missed);
        csv.cell(loss_name(item.loss)).end_row();
    }
    if (routine)
        for (const Routine& r : agenda.routine) {
            csv.cell(routine_name(r.kind)).cell(scenario.id(scenario.at(r.subscription).customer));
            csv.cell(scenario.id(r.subscription)).cell(to_text(r.day)).cell(to_text(r.day));
            for (int empty = 0; empty < 6; ++empty) csv.cell("");
            csv.end_row();
        }
    csv.finish();
}

void write_agenda_ics(const Scenario& scenario, const Agenda& agenda, bool routine, const TextSink& sink) {
    IcsWriter ics(scenario.name.empty() ? "termwise" : scenario.name, scenario.h0(), sink);
    for (const AgendaItem& item : agenda.items) {
        const std::string_view kind = duty_name(item.duty.kind);
        const std::string_view who =
            item.duty.subscription.none() ? scenario.id(item.customer) : scenario.id(item.duty.subscription);
        IcsEvent event;
        event.uid = uid_of(scenario, kind, item.customer, item.duty.subscription);
        event.day = item.duty.day;
        event.summary = fmt::format("{} {}", kind, who);
        event.description = fmt::format("Customer {}\nA day late: {}\nNot done by {}: {}",
                                        scenario.id(item.customer), consequence_text(scenario, item.day_late),
                                        to_text(item.until), consequence_text(scenario, item.missed));
        ics.event(event);
    }
    if (routine)
        for (const Routine& r : agenda.routine) {
            const CustomerIndex customer = scenario.at(r.subscription).customer;
            IcsEvent event;
            event.uid = uid_of(scenario, fmt::format("{} {}", routine_name(r.kind), to_text(r.day)), customer,
                               r.subscription);
            event.day = r.day;
            event.summary = fmt::format("{} {}", scenario.id(r.subscription), routine_name(r.kind));
            event.description = fmt::format("Customer {}", scenario.id(customer));
            ics.event(event);
        }
    ics.finish();
}

}  // namespace termwise
