#include "formats/report_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/nearest.h"
#include "formats/csv_reader.h"
#include "formats/names.h"
#include "formats/source.h"
#include "money/currency.h"

namespace termwise {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostSweepRows = 5'000;

/// What makes a file no result of its kind; words for people.
struct NoResult {
    std::string why;
};

class JoinedReader {
  public:
    JoinedReader(std::string scenario_digest, Diagnostics& diagnostics)
        : digest_(std::move(scenario_digest)), digest_from_("the scenario"), diagnostics_(diagnostics) {}

    void read(const std::string& path) {
        path_ = path;
        const std::optional<std::string> text = read_whole_text(path, diagnostics_);
        if (!text) return;
        const std::size_t first = text->find_first_not_of(" \t\r\n\xef\xbb\xbf");
        try {
            if (first != std::string::npos && ((*text)[first] == '{' || (*text)[first] == '['))
                document(*text);
            else
                sweep(*text);
        } catch (const NoResult& no) {
            error(no.why);
        } catch (const ordered_json::parse_error&) {
            error("this is no JSON, or broken off");
        } catch (const ordered_json::exception&) {
            error(fmt::format("this is no {}: something is missing or of another kind", format_));
        }
    }

    [[nodiscard]] JoinedResults take() {
        // The simulation's plans come after the comparison's, whichever file was named first.
        for (ReportedPlan& plan : simulated_) {
            const bool known = std::ranges::any_of(joined_.plans, [&](const ReportedPlan& other) {
                return other.name == plan.name && other.total() == plan.total();
            });
            if (!known) joined_.plans.push_back(std::move(plan));
        }
        ReportResults& results = joined_.results;
        if (results.search.empty()) results.search = std::move(planned_search_);
        if (results.simulation.empty()) results.simulation = std::move(evaluation_);
        return std::move(joined_);
    }

  private:
    void error(std::string message) { diagnostics_.error("M8", {path_, {}, {}, 0, 0}, std::move(message)); }

    void document(const std::string& text) {
        format_ = "result";
        const ordered_json json = ordered_json::parse(text);
        const auto format = json.is_object() ? json.find("format") : json.end();
        if (!json.is_object() || format == json.end() || !format->is_string())
            throw NoResult{"this is no result: it has no \"format\""};
        format_ = format->get<std::string>();
        if (format_ == "termwise-comparison/1") return comparison(json);
        if (format_ == "termwise-simulation/1") return simulation(json);
        if (format_ == "termwise-planning/1") return planning(json);
        if (format_ == "termwise-tornado/1") return contest(json, joined_.results.tornados);
        if (format_ == "termwise-threshold/1") return contest(json, joined_.results.thresholds);
        if (format_ == "termwise-scenario/1")
            throw NoResult{fmt::format("this is a scenario, no result: name it as --scenario {}", path_)};
        if (format_ == "termwise-plan/1")
            throw NoResult{
                fmt::format("this is a plan, no result: name it as --plan {}, with its --scenario", path_)};
        if (format_ == "termwise-score/1")
            throw NoResult{
                "a score does not say which scenario and plan it is of: name these, as --scenario "
                "and --plan, and the report scores the plan itself"};
        if (format_ == "termwise-simulation-part/1")
            throw NoResult{"this is a part of a simulation: join the parts first, with termwise merge"};
        static const std::vector<std::string_view> kFormats{"termwise-comparison/1", "termwise-planning/1",
                                                            "termwise-simulation/1", "termwise-tornado/1",
                                                            "termwise-threshold/1"};
        const std::string nearest = nearest_name(format_, kFormats);
        throw NoResult{fmt::format("a report has no place for a \"{}\"; it takes {} and tables of sweeps{}",
                                   format_, fmt::join(kFormats, ", "),
                                   nearest.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", nearest))};
    }

    // ---- whose it is ----

    void is_about(const std::string& digest) {
        if (digest.size() != 64) throw NoResult{"its scenario's digest is none"};
        if (digest_.empty()) {
            digest_ = digest;
            digest_from_ = path_;
            return;
        }
        if (digest == digest_) return;
        throw NoResult{
            fmt::format("this is about another scenario than {}, or another state of it: digest {}..., "
                        "not {}...",
                        digest_from_, digest.substr(0, 12), digest_.substr(0, 12))};
    }

    void only_one(bool& there, std::string_view kind) {
        if (there) throw NoResult{fmt::format("a second {}: a report has one", kind)};
        there = true;
    }

    void frame(const std::string& name, const std::string& perspective, const std::string& currency,
               const ordered_json& horizon) {
        ReportFrame frame;
        frame.name = name;
        frame.digest = digest_;
        frame.currency = currency;
        const std::optional<int> digits = minor_digits_of(currency);
        if (!digits) throw NoResult{fmt::format("\"{}\" is no currency", currency)};
        frame.minor_digits = digits_ = *digits;
        const auto found = std::ranges::find(kPerspectiveNames, perspective);
        if (found == kPerspectiveNames.end()) throw NoResult{"its perspective is none"};
        frame.perspective = static_cast<Perspective>(found - kPerspectiveNames.begin());
        frame.horizon = {day(horizon.at("start")), day(horizon.at("end"))};
        if (joined_.frame && (joined_.frame->currency != frame.currency))
            throw NoResult{"it has another currency than the results before it"};
        joined_.frame = std::move(frame);
    }

    // ---- values ----

    static Day day(const ordered_json& value) {
        if (value.is_null()) return {};
        const std::optional<Day> read = parse_day(value.get_ref<const std::string&>());
        if (!read) throw NoResult{fmt::format("\"{}\" is no day", value.get<std::string>())};
        return *read;
    }

    [[nodiscard]] Money amount(const ordered_json& value) const {
        const auto& text = value.get_ref<const std::string&>();
        const std::size_t point = text.find('.');
        const std::size_t decimals = point == std::string::npos ? 0 : text.size() - point - 1;
        std::string digits = text;
        if (point != std::string::npos) digits.erase(point, 1);
        std::int64_t minor = 0;
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), minor);
        if (failed != std::errc() || end != digits.data() + digits.size() ||
            decimals != static_cast<std::size_t>(digits_))
            throw NoResult{fmt::format("\"{}\" is no amount with {} decimals", text, digits_)};
        return Money(minor);
    }

    template <class Amount>
    [[nodiscard]] Components components(const ordered_json& object, Amount&& amount_of) const {
        Components read;
        for (std::size_t c = 0; c < kComponentCount; ++c)
            read.amounts[c] = amount_of(object.at(std::string(kComponentNames[c])));
        return read;
    }
    [[nodiscard]] Components components(const ordered_json& object) const {
        return components(object, [&](const ordered_json& value) { return amount(value); });
    }

    // ---- comparison ----

    void comparison(const ordered_json& json) {
        is_about(json.at("scenario").get<std::string>());
        only_one(has_comparison_, "comparison");
        frame(json.at("name").get<std::string>(), json.at("perspective").get<std::string>(),
              json.at("currency").get<std::string>(), json.at("horizon"));
        for (const ordered_json& strategy : json.at("strategies")) joined_.plans.push_back(plan(strategy));
        joined_.results.longer_horizon = longer_horizon(json.at("longer_horizon"));
        const ordered_json& optimal = json.at("optimal");
        if (!optimal.is_null()) joined_.results.search = search(optimal);
    }

    /// Empty if the comparison looked no further.
    [[nodiscard]] std::string longer_horizon(const ordered_json& from) const {
        if (day(from.at("end")).none()) return {};
        if (from.contains("strategies")) {
            static_cast<void>(from.at("ranking"));
            static_cast<void>(from.at("ranking_changes").get<bool>());
            for (const ordered_json& strategy : from.at("strategies")) {
                static_cast<void>(strategy.at("feasible").get<bool>());
                static_cast<void>(amount(strategy.at("total")));
            }
        }
        return from.dump();
    }

    [[nodiscard]] ReportedPlan plan(const ordered_json& json) {
        ReportedPlan plan;
        plan.name = json.at("name").get<std::string>();
        plan.kind = plan.name == "optimal" ? ReportedKind::optimal : ReportedKind::strategy;
        plan.feasible = json.at("feasible").get<bool>();
        Score& score = plan.score;
        score.components = components(json.at("components"));
        if (score.total() != amount(json.at("total")))
            throw NoResult{fmt::format("the total of {} is not the sum of its components", plan.name)};
        score.readings = {amount(json.at("forfeited")), json.at("overlap_days").get<std::int64_t>(),
                          json.at("gap_days").get<std::int64_t>()};
        score.migrated = json.at("migrated").get<std::int64_t>();
        plan.stayed = json.at("stayed").get<std::int64_t>();
        score.finished_on = day(json.at("finished_on"));
        months(json.at("months"), score);
        violations(json, plan);
        for (const ordered_json& team : json.at("teams")) peak(team, plan);
        if (json.contains("subscriptions")) {
            score.subscriptions = parts(json.at("subscriptions"), joined_.subscriptions);
            score.customers = parts(json.at("customers"), joined_.customers);
        }
        return plan;
    }

    void months(const ordered_json& list, Score& score) const {
        for (const ordered_json& month : list) {
            if (score.months.empty()) {
                const std::optional<Day> first = parse_day(month.at("month").get<std::string>() + "-01");
                if (!first) throw NoResult{"its first month is none"};
                score.first_month = month_number(*first);
            }
            score.months.push_back(amount(month.at("cash")));
        }
    }

    static void violations(const ordered_json& json, ReportedPlan& plan) {
        for (const ordered_json& v : json.at("violations")) {
            ++plan.violations;
            ++plan.violations_by_rule[v.at("rule").get<std::string>()];
            if (plan.first_violations.size() < kMostReported)
                plan.first_violations.push_back({v.at("rule").get<std::string>(),
                                                 v.at("at").get<std::string>(),
                                                 v.at("message").get<std::string>()});
        }
        for (const ordered_json& n : json.at("not_placed")) {
            ++plan.not_placed;
            if (plan.first_not_placed.size() < kMostReported)
                plan.first_not_placed.push_back(
                    {n.at("subscription").get<std::string>(), n.at("reason").get<std::string>()});
        }
    }

    static void peak(const ordered_json& team, ReportedPlan& plan) {
        std::optional<ReportedPeak>& peak = plan.peaks.emplace_back();
        const ordered_json& from = team.at("peak");
        if (from.is_null()) return;
        peak = ReportedPeak{team.at("id").get<std::string>(),
                            from.at("bucket").get<std::string>(),
                            from.at("used_seconds").get<std::int64_t>(),
                            {}};
        if (!from.at("limit_seconds").is_null())
            peak->limit_seconds = from.at("limit_seconds").get<std::int64_t>();
    }

    /// The ids have to be the same for all strategies.
    [[nodiscard]] std::vector<Components> parts(const ordered_json& list,
                                                std::vector<std::string>& ids) const {
        std::vector<Components> read;
        std::vector<std::string> these;
        for (const ordered_json& part : list) {
            these.push_back(part.at("id").get<std::string>());
            read.push_back(components(part.at("components")));
        }
        if (ids.empty())
            ids = std::move(these);
        else if (ids != these)
            throw NoResult{"its strategies are not about the same subscriptions"};
        return read;
    }

    // ---- the others ----

    /// The fields that say how a search ended.
    [[nodiscard]] std::string search(const ordered_json& from) const {
        ordered_json search;
        for (const char* name : {"status", "stopped_by", "total", "bound", "floor", "gap", "avoidable_gap",
                                 "asked_gap", "steps", "conflicts"})
            search[name] = from.at(name);
        for (const char* name : {"total", "bound", "floor"})
            if (!search[name].is_null()) static_cast<void>(amount(search[name]));
        return search.dump();
    }

    void planning(const ordered_json& json) {
        if (!json.contains("scenario"))
            throw NoResult{
                "it does not say which scenario it is about; make it anew: termwise plan ... --json"};
        is_about(json.at("scenario").get<std::string>());
        only_one(has_planning_, "planning");
        const auto currency = json.at("currency").get<std::string>();
        const std::optional<int> digits = minor_digits_of(currency);
        if (!digits) throw NoResult{fmt::format("\"{}\" is no currency", currency)};
        digits_ = *digits;
        planned_search_ = search(json);
        const ordered_json& expected = json.at("expected");
        if (expected.is_null()) return;
        ordered_json of;
        for (const char* name :
             {"cvar_weight", "worlds", "began_with", "planned", "price_of_safety", "mean", "cvar95"})
            of[name] = expected.at(name);
        for (const char* name : {"planned", "price_of_safety", "mean", "cvar95"})
            static_cast<void>(amount(of[name]));
        joined_.results.expected = of.dump();
        if (has_simulation_) return;
        simulated_plans_of(expected.at("evaluation"), true);
        evaluation_ = expected.at("evaluation").dump();
    }

    void simulation(const ordered_json& json) {
        const ordered_json& scenario = json.at("scenario");
        is_about(scenario.at("digest").get<std::string>());
        only_one(has_simulation_, "simulation");
        frame(scenario.at("name").get<std::string>(), scenario.at("perspective").get<std::string>(),
              scenario.at("currency").get<std::string>(), scenario.at("horizon"));
        simulated_.clear();
        simulated_plans_of(json, false);
        joined_.results.simulation = json.dump();
    }

    /// Plans as far as a simulation knows them. An evaluation calls its own by the names of strategies.
    void simulated_plans_of(const ordered_json& json, bool is_evaluation) {
        const auto planned = [&](const ordered_json& sample) { return amount(sample.at("planned")); };
        for (const ordered_json& from : json.at("plans")) {
            ReportedPlan plan;
            plan.name = from.at("name").get<std::string>();
            if (is_evaluation)
                plan.kind = plan.name == "expected"  ? ReportedKind::expected
                            : plan.name == "optimal" ? ReportedKind::optimal
                                                     : ReportedKind::strategy;
            plan.digest = from.at("digest").get<std::string>();
            plan.feasible = from.at("feasible").get<bool>();
            plan.violations = from.at("violations").get<std::int64_t>();
            plan.score.components = components(from.at("components"), planned);
            plan.score.readings = {planned(from.at("forfeited")),
                                   from.at("overlap_days").at("planned").get<std::int64_t>(),
                                   from.at("gap_days").at("planned").get<std::int64_t>()};
            plan.score.finished_on = day(from.at("finished_on").at("planned"));
            plan.stayed = plan.score.migrated = ReportedPlan::kNotCounted;
            simulated_.push_back(std::move(plan));
        }
    }

    void contest(const ordered_json& json, std::vector<std::string>& documents) {
        is_about(json.at("scenario").at("digest").get<std::string>());
        static_cast<void>(json.at("strategies").at(1));
        static_cast<void>(json.at(format_ == "termwise-tornado/1" ? "inputs" : "changes").is_array());
        documents.push_back(json.dump());
    }

    void sweep(const std::string& text) {
        format_ = "table of a sweep";
        if (text.starts_with("# termwise-sweep-part/"))
            throw NoResult{"this is a part of a sweep: join the parts first, with termwise merge"};
        if (!text.starts_with("run,"))
            throw NoResult{"this is neither a JSON result nor the table of a sweep"};
        Source source = Source::of_text(text, path_);
        CsvReader reader(source, diagnostics_);
        ordered_json columns = ordered_json::array(), rows = ordered_json::array();
        std::size_t count = 0;
        std::string sweep;
        const bool whole = reader.read([&](const CsvRow& row) {
            ordered_json cells = ordered_json::array();
            for (const std::string_view cell : row.cells) cells.push_back(std::string(cell));
            if (columns.empty()) {
                columns = std::move(cells);
                return;
            }
            if (sweep.empty() && !row.cells.empty()) sweep = std::string(row.cells.back());
            if (++count <= kMostSweepRows) rows.push_back(std::move(cells));
        });
        if (!whole) return;
        if (columns.empty() || columns.front() != "run" || columns.back() != "sweep" || sweep.size() != 25)
            throw NoResult{"this is neither a JSON result nor the table of a sweep"};
        if (!digest_.empty() && !digest_.starts_with(sweep.substr(0, 12)))
            throw NoResult{
                fmt::format("this is about another scenario than {}, or another state of it: digest "
                            "{}..., not {}...",
                            digest_from_, sweep.substr(0, 12), digest_.substr(0, 12))};
        const ordered_json table{{"file", path_}, {"columns", columns}, {"rows", rows}, {"row_count", count}};
        joined_.results.sweeps.push_back(table.dump());
    }

    std::string digest_;       // that all results are about; empty: none was read yet
    std::string digest_from_;  // who said so
    Diagnostics& diagnostics_;
    std::string path_, format_;  // of the file at hand
    int digits_ = 2;
    JoinedResults joined_;
    std::vector<ReportedPlan> simulated_;
    std::string planned_search_, evaluation_;
    bool has_comparison_ = false, has_simulation_ = false, has_planning_ = false;
};

/// `parts`, which are those of `ids`, as `position` numbers them.
template <class Position>
void reorder(const std::vector<std::string>& ids, std::vector<Components>& parts, std::size_t size,
             Position&& position) {
    if (parts.size() != ids.size() || ids.size() != size) {
        parts.clear();
        return;
    }
    std::vector<Components> ordered(size);
    for (std::size_t i = 0; i < size; ++i) {
        const auto at = position(ids[i]);
        if (at.none()) {  // not what the digest promises: rather nothing than something wrong
            parts.clear();
            return;
        }
        ordered[at.at()] = parts[i];
    }
    parts = std::move(ordered);
}

}  // namespace

std::optional<JoinedResults> read_results(const std::vector<std::string>& paths,
                                          const std::string& scenario_digest, Diagnostics& diagnostics) {
    JoinedReader reader(scenario_digest, diagnostics);
    // Sweeps say only a part of their scenario's digest, so they are held against the others.
    std::vector<std::string> in_order = paths;
    std::ranges::stable_partition(in_order, [](const std::string& path) { return !path.ends_with(".csv"); });
    for (const std::string& path : in_order) reader.read(path);
    if (diagnostics.has_errors()) return std::nullopt;
    return reader.take();
}

void order_by(const Scenario& scenario, JoinedResults& joined) {
    for (ReportedPlan& plan : joined.plans) {
        reorder(joined.subscriptions, plan.score.subscriptions, scenario.subscriptions.size(),
                [&](const std::string& id) { return scenario.find_subscription(id); });
        reorder(joined.customers, plan.score.customers, scenario.customers.size(),
                [&](const std::string& id) { return scenario.find_customer(id); });
    }
}

}  // namespace termwise
