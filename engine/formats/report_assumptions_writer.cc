// What went into a report: files and their sources, what was set, what was defaulted, and every value that
// holds.
#include <map>
#include <nlohmann/json.hpp>

#include "formats/json_copy.h"
#include "formats/names.h"
#include "formats/report_columns.h"

namespace termwise {
namespace {

constexpr std::size_t kMostWarnings = 100;

class AssumptionsWriter {
  public:
    AssumptionsWriter(const Report& report, const ReportWays& ways, JsonWriter& out)
        : report_(report), scenario_(*report.scenario), ways_(ways), out_(out), columns_(out) {}

    void write() {
        out_.begin_object();
        files();
        columns_.column("set", report_.overrides.size(), [&](std::size_t i) {
            const Override& set = report_.overrides[i];
            out_.begin_object().field("pointer", set.pointer).field("value", set.value).end_object();
        });
        columns_.texts("defaulted", report_.notes->defaulted.size(),
                       [&](std::size_t i) { return report_.notes->defaulted[i]; });
        values();
        prices();
        transitions();
        warnings();
        out_.end_object();
    }

  private:
    void files() {
        columns_.column("files", report_.notes->files.size(), [&](std::size_t i) {
            const NotedFile& file = report_.notes->files[i];
            out_.begin_object().field("path", file.path).field("sha256", file.sha256);
            out_.field("bytes", static_cast<std::int64_t>(file.bytes));
            text_or_null("title", file.title);
            text_or_null("note", file.note);
            columns_.column("sources", file.sources.size(), [&](std::size_t s) {
                out_.begin_object()
                    .field("of", file.sources[s].of)
                    .field("text", file.sources[s].text)
                    .end_object();
            });
            out_.end_object();
        });
    }

    void text_or_null(std::string_view name, const std::string& text) {
        out_.key(name);
        text.empty() ? out_.null() : out_.value(text);
    }

    void values() {
        const Scenario& s = scenario_;
        out_.key("values").begin_object().key("workdays").begin_list();
        for (std::size_t d = 0; d < kWeekdayNames.size(); ++d)
            if (((s.workdays.week() >> d) & 1U) != 0) out_.value(kWeekdayNames[d]);
        out_.end_list();
        const auto holidays = s.workdays.holidays();
        columns_.column("holidays", holidays.size(), [&](std::size_t i) { columns_.day(holidays[i]); });
        out_.field("continuity", word(kContinuityNames, s.continuity));
        out_.field("provision_days", s.provision_days).field("overlap_days", s.overlap_days);
        columns_.money("reassign_per_seat", s.reassign_per_seat);
        columns_.money("gap_per_seat_day", s.gap_per_seat_day);
        plan_days();
        columns_.column("budgets", s.budgets.size(), [&](std::size_t i) {
            out_.begin_object();
            columns_.day("from", s.budgets[i].days.from);
            columns_.day("to", s.budgets[i].days.to);
            columns_.money("max", s.budgets[i].max);
            out_.end_object();
        });
        effort();
        uncertainty();
        out_.end_object();
    }

    void plan_days() {
        std::map<std::int32_t, std::int64_t> customers;
        for (const Customer& customer : scenario_.customers)
            if (customer.relationship == Relationship::pending) ++customers[customer.plan_days];
        out_.key("plan_days").begin_list();
        for (const auto& [days, count] : customers)
            out_.begin_object().field("days", days).field("customers", count).end_object();
        out_.end_list();
    }

    void team(TeamIndex team) {
        out_.key("team");
        team.none() ? out_.null() : out_.value(team.at());
    }

    void effort() {
        const Effort& effort = scenario_.effort;
        out_.key("effort").begin_object();
        const auto item = [&](std::string_view name, const EffortItem& of) {
            out_.key(name).begin_object().field("minutes", of.minutes);
            team(of.team);
            out_.end_object();
        };
        item("invite", effort.invite);
        item("visit", effort.visit);
        item("provision", effort.provision);
        item("auto_renew_off", effort.auto_renew_off);
        item("cancel", effort.cancel);
        out_.key("reassign").begin_object().field("seconds_per_seat", effort.reassign.seconds_per_seat);
        out_.key("seats_per_day");
        effort.reassign.seats_per_day == 0 ? out_.null() : out_.value(effort.reassign.seats_per_day);
        team(effort.reassign.team);
        out_.end_object().end_object();
    }

    void uncertainty() {
        out_.key("uncertainty");
        std::int64_t own = 0;
        for (const Customer& customer : scenario_.customers) own += customer.uncertainty >= 0 ? 1 : 0;
        if (!scenario_.uncertainty && own == 0) {
            out_.null();
            return;
        }
        // The scenario's own words for distributions, from the one place that writes them.
        Diagnostics unused;
        const std::optional<std::string> text = value_at(scenario_, "/uncertainty", unused);
        nlohmann::ordered_json given =
            text ? nlohmann::ordered_json::parse(*text, nullptr, false) : nlohmann::ordered_json();
        if (!given.is_object()) given = nlohmann::ordered_json::object();
        out_.begin_object();
        for (const char* name :
             {"acceptance", "decline", "plan_quantile", "work", "provision_delay", "provision_failure"}) {
            out_.key(name);
            const auto found = given.find(name);
            found == given.end() ? void(out_.null()) : copy_json(*found, out_);
        }
        out_.field("own", own).end_object();
    }

    void prices() {
        struct Row {
            std::size_t offer;
            const Price* price;
        };
        std::vector<Row> rows;
        for (std::size_t o = 0; o < scenario_.offers.size(); ++o)
            for (const Price& price : scenario_.offers[o].prices) rows.push_back({o, &price});
        const std::size_t count = rows.size();
        out_.key("prices").begin_object();
        columns_.numbers("offer", count, [&](std::size_t i) { return rows[i].offer; });
        columns_.numbers("way", count,
                         [&](std::size_t i) { return ways_.number_of(rows[i].price->sold_as); });
        columns_.numbers("unit_price", count, [&](std::size_t i) { return rows[i].price->unit_price.minor; });
        columns_.column("from", count, [&](std::size_t i) { columns_.day(rows[i].price->days.from); });
        columns_.column("to", count, [&](std::size_t i) { columns_.day(rows[i].price->days.to); });
        out_.end_object();
    }

    void transitions() {
        const std::vector<Transition>& all = scenario_.transitions;
        out_.key("transitions").begin_object();
        columns_.numbers("from", all.size(), [&](std::size_t i) { return all[i].from.at(); });
        columns_.numbers("to", all.size(), [&](std::size_t i) { return all[i].to.at(); });
        columns_.numbers("reassigns", all.size(), [&](std::size_t i) { return all[i].reassigns ? 1 : 0; });
        out_.end_object();
    }

    void warnings() {
        out_.key("warnings").begin_list();
        std::size_t told = 0;
        for (const Diagnostic& d : report_.warnings.all()) {
            if (d.severity != Severity::warning || told++ >= kMostWarnings) continue;
            out_.begin_object().field("rule", d.rule).field("file", d.place.file).key("line");
            d.place.line > 0 ? out_.value(d.place.line) : out_.null();
            if (d.place.cell.empty())
                out_.field("pointer", d.place.pointer);
            else
                out_.field("cell", d.place.cell);
            out_.field("message", d.message).end_object();
        }
        out_.end_list().field("warning_count", report_.warnings.warning_count());
    }

    const Report& report_;
    const Scenario& scenario_;
    const ReportWays& ways_;
    JsonWriter& out_;
    ReportColumns columns_;
};

}  // namespace

void write_report_assumptions(const Report& report, const ReportWays& ways, JsonWriter& out) {
    AssumptionsWriter(report, ways, out).write();
}

}  // namespace termwise
