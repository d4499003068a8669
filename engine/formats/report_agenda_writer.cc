// What falls due, of a report.
#include <algorithm>
#include <array>

#include "formats/agenda_writer.h"
#include "formats/names.h"
#include "formats/report_columns.h"

namespace termwise {
namespace {

/// Items come dearest first: what stands after so many is counted only.
constexpr std::size_t kMostItems = 500;

class ReportAgenda {
  public:
    ReportAgenda(const Agenda& agenda, JsonWriter& out)
        : agenda_(agenda), out_(out), columns_(out), count_(std::min(agenda.items.size(), kMostItems)) {}

    void write(std::size_t plan) {
        out_.begin_object().field("plan", plan);
        columns_.days("days", agenda_.days);
        out_.field("count", agenda_.items.size());
        columns_.texts("kind", count_,
                       [&](std::size_t i) { return kActionKindNames[std::size_t(item(i).duty.kind)]; });
        columns_.numbers("customer", count_, [&](std::size_t i) { return item(i).customer.at(); });
        columns_.column("subscription", count_, [&](std::size_t i) {
            const SubscriptionIndex subscription = item(i).duty.subscription;
            subscription.none() ? out_.null() : out_.value(subscription.at());
        });
        columns_.column("on", count_, [&](std::size_t i) { columns_.day(item(i).duty.day); });
        columns_.column("until", count_, [&](std::size_t i) { columns_.day(item(i).until); });
        consequences("by_end", &AgendaItem::by_end);
        consequences("day_late", &AgendaItem::day_late);
        consequences("missed", &AgendaItem::missed);
        columns_.texts("loss", count_, [&](std::size_t i) { return loss_name(item(i).loss); });
        columns_.column("breaks", count_, [&](std::size_t i) {
            item(i).loss == Loss::rule&& item(i).breaks ? out_.value(rule_name(item(i).breaks->rule))
                                                        : out_.null();
        });
        routine();
        out_.end_object();
    }

  private:
    [[nodiscard]] const AgendaItem& item(std::size_t i) const { return agenda_.items[i]; }

    /// What each costs, and the rule that can then not be kept.
    void consequences(std::string_view name, Consequence AgendaItem::*of) {
        out_.key(name).begin_object();
        columns_.numbers("cost", count_, [&](std::size_t i) { return (item(i).*of).cost.minor; });
        columns_.column("rule", count_, [&](std::size_t i) {
            const std::vector<Violation>& broken = (item(i).*of).broken;
            broken.empty() ? out_.null() : out_.value(rule_name(broken.front().rule));
        });
        out_.end_object();
    }

    void routine() {
        out_.key("routine").begin_object();
        for (const auto& [name, kind] :
             {std::pair("renews", Routine::Kind::renews), std::pair("ends", Routine::Kind::ends),
              std::pair("service_ends", Routine::Kind::service_ends)})
            out_.field(name,
                       static_cast<std::size_t>(std::ranges::count(agenda_.routine, kind, &Routine::kind)));
        out_.end_object();
    }

    const Agenda& agenda_;
    JsonWriter& out_;
    ReportColumns columns_;
    std::size_t count_;
};

}  // namespace

void write_report_agenda(const Report& report, std::size_t plan, JsonWriter& out) {
    ReportAgenda(*report.agenda, out).write(plan);
}

}  // namespace termwise
