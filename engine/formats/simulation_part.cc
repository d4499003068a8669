#include "formats/simulation_part.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "formats/json_writer.h"
#include "formats/names.h"
#include "formats/source.h"

namespace termwise {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "termwise-simulation-part/1";
constexpr std::size_t kRowNumbers = kComponentCount + 7;

void write_numbers(JsonWriter& out, const Components& components, const Readings& readings) {
    for (const Money amount : components.amounts) out.value(amount.minor);
    out.value(readings.forfeited.minor).value(readings.overlap_days).value(readings.gap_days);
}

void write_day(JsonWriter& out, Day day) {
    if (day.none())
        out.null();
    else
        out.value(day.serial);
}

void write_frame(JsonWriter& out, const ExperimentFrame& frame) {
    out.key("frame").begin_object();
    out.field("name", frame.scenario_name).field("scenario", frame.scenario_digest);
    out.field("perspective", word(kPerspectiveNames, frame.perspective));
    out.field("perspective_given", frame.perspective_given);
    out.field("currency", frame.currency).field("minor_digits", frame.minor_digits);
    out.field("start", frame.horizon.from.serial).field("end", frame.horizon.to.serial);
    out.field("subscriptions", frame.subscriptions).field("uncertain", frame.uncertain);
    out.field("seed", static_cast<std::int64_t>(frame.seed));
    out.key("customers").begin_list();
    for (const std::string& id : frame.customers) out.value(id);
    out.end_list().key("teams").begin_list();
    for (const TeamFrame& team : frame.teams) {
        out.begin_object().field("id", team.id).field("per", word(kCapacityPerNames, team.per));
        out.field("limited", team.limited).field("first_bucket", team.first_bucket);
        out.key("limits").begin_list();
        for (const std::int64_t limit : team.limits) out.value(limit);
        out.end_list().end_object();
    }
    out.end_list().key("plans").begin_list();
    for (const PlanFrame& plan : frame.plans) {
        out.begin_object().field("name", plan.name).field("digest", plan.digest);
        out.field("violations", plan.violations).key("planned").begin_list();
        write_numbers(out, plan.planned, plan.planned_readings);
        write_day(out, plan.planned_finish);
        out.end_list().key("customers").begin_list();
        for (const Money amount : plan.planned_customers) out.value(amount.minor);
        out.end_list().end_object();
    }
    out.end_list().end_object();
}

void write_worlds(JsonWriter& out, const PlanWorlds& worlds) {
    out.begin_object().key("rows").begin_list();
    for (const WorldRow& row : worlds.rows) {
        out.begin_list();
        write_numbers(out, row.components, row.readings);
        write_day(out, row.finished_on);
        out.value(row.missed_deadlines).value(row.unwanted_renewals).value(row.not_moved).end_list();
    }
    out.end_list().key("teams").begin_list();
    for (const auto& team : worlds.teams) {
        out.begin_list();
        for (const BucketSums& sums : team)
            out.begin_list()
                .value(to_text(sums.worked_seconds))
                .value(sums.waiting)
                .value(sums.most_waiting)
                .value(sums.queues)
                .end_list();
        out.end_list();
    }
    out.end_list().key("customers").begin_list();
    for (const CustomerSums& sums : worlds.customers)
        out.begin_list()
            .value(to_text(sums.deviation))
            .value(to_text(sums.product))
            .value(sums.gaps)
            .end_list();
    out.end_list().end_object();
}

/// What makes a file no part; words for people.
struct NoPart {
    std::string why;
};

template <class T>
T number(const json& value) {
    if (!value.is_number_integer() && !value.is_number_unsigned()) throw NoPart{"a whole number is expected"};
    if (value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<T>::max()))
        throw NoPart{"a number is too large"};
    const auto read = value.get<std::int64_t>();
    if (read < std::int64_t{std::numeric_limits<T>::min()} ||
        (sizeof(T) < sizeof(std::int64_t) && read > static_cast<std::int64_t>(std::numeric_limits<T>::max())))
        throw NoPart{"a number is too large"};
    return static_cast<T>(read);
}

Wide wide(const json& value) {
    const auto read = parse_wide(value.get<std::string>());
    if (!read) throw NoPart{"a whole number is expected"};
    return *read;
}

Day day_in(const json& value) { return value.is_null() ? Day{} : Day(number<std::int32_t>(value)); }

template <std::size_t N>
std::size_t position_in(const std::array<std::string_view, N>& words, const json& value) {
    const auto text = value.get<std::string>();
    const auto at = std::ranges::find(words, text);
    if (at == words.end()) throw NoPart{"\"" + text + "\" is not known"};
    return static_cast<std::size_t>(at - words.begin());
}

void expect_size(const json& list, std::size_t size) {
    if (!list.is_array() || list.size() != size)
        throw NoPart{"a list has not the length that it should have"};
}

void read_numbers(const json& list, Components& components, Readings& readings) {
    for (std::size_t c = 0; c < kComponentCount; ++c)
        components.amounts[c] = Money(number<std::int64_t>(list.at(c)));
    readings.forfeited = Money(number<std::int64_t>(list.at(kComponentCount)));
    readings.overlap_days = number<std::int64_t>(list.at(kComponentCount + 1));
    readings.gap_days = number<std::int64_t>(list.at(kComponentCount + 2));
}

ExperimentFrame read_frame(const json& from) {
    ExperimentFrame frame;
    frame.scenario_name = from.at("name").get<std::string>();
    frame.scenario_digest = from.at("scenario").get<std::string>();
    frame.perspective = static_cast<Perspective>(position_in(kPerspectiveNames, from.at("perspective")));
    frame.perspective_given = from.at("perspective_given").get<bool>();
    frame.currency = from.at("currency").get<std::string>();
    frame.minor_digits = number<std::int32_t>(from.at("minor_digits"));
    if (frame.minor_digits < 0 || frame.minor_digits > 4) throw NoPart{"no currency has so many decimals"};
    frame.horizon = {Day(number<std::int32_t>(from.at("start"))), Day(number<std::int32_t>(from.at("end")))};
    frame.subscriptions = number<std::int64_t>(from.at("subscriptions"));
    frame.uncertain = from.at("uncertain").get<bool>();
    frame.seed = static_cast<std::uint64_t>(number<std::int64_t>(from.at("seed")));
    for (const json& id : from.at("customers")) frame.customers.push_back(id.get<std::string>());
    for (const json& team : from.at("teams")) {
        TeamFrame read;
        read.id = team.at("id").get<std::string>();
        read.per = static_cast<CapacityPer>(position_in(kCapacityPerNames, team.at("per")));
        read.limited = team.at("limited").get<bool>();
        read.first_bucket = number<std::int32_t>(team.at("first_bucket"));
        for (const json& limit : team.at("limits")) read.limits.push_back(number<std::int64_t>(limit));
        frame.teams.push_back(std::move(read));
    }
    for (const json& plan : from.at("plans")) {
        PlanFrame read;
        read.name = plan.at("name").get<std::string>();
        read.digest = plan.at("digest").get<std::string>();
        read.violations = number<std::int64_t>(plan.at("violations"));
        expect_size(plan.at("planned"), kComponentCount + 4);
        read_numbers(plan.at("planned"), read.planned, read.planned_readings);
        read.planned_finish = day_in(plan.at("planned").at(kComponentCount + 3));
        expect_size(plan.at("customers"), frame.customers.size());
        for (const json& amount : plan.at("customers"))
            read.planned_customers.emplace_back(number<std::int64_t>(amount));
        frame.plans.push_back(std::move(read));
    }
    return frame;
}

PlanWorlds read_worlds(const json& from, const ExperimentFrame& frame, std::uint32_t count) {
    PlanWorlds worlds;
    expect_size(from.at("rows"), count);
    for (const json& row : from.at("rows")) {
        expect_size(row, kRowNumbers);
        WorldRow read;
        read_numbers(row, read.components, read.readings);
        read.finished_on = day_in(row.at(kComponentCount + 3));
        read.missed_deadlines = number<std::int32_t>(row.at(kComponentCount + 4));
        read.unwanted_renewals = number<std::int32_t>(row.at(kComponentCount + 5));
        read.not_moved = number<std::int32_t>(row.at(kComponentCount + 6));
        worlds.rows.push_back(read);
    }
    expect_size(from.at("teams"), frame.teams.size());
    for (std::size_t t = 0; t < frame.teams.size(); ++t) {
        const json& team = from.at("teams").at(t);
        expect_size(team, frame.teams[t].limits.size());
        auto& buckets = worlds.teams.emplace_back();
        for (const json& bucket : team) {
            expect_size(bucket, 4);
            buckets.push_back({wide(bucket.at(0)), number<std::int64_t>(bucket.at(1)),
                               number<std::int32_t>(bucket.at(2)), number<std::int64_t>(bucket.at(3))});
        }
    }
    expect_size(from.at("customers"), frame.customers.size());
    for (const json& customer : from.at("customers")) {
        expect_size(customer, 3);
        worlds.customers.push_back(
            {wide(customer.at(0)), wide(customer.at(1)), number<std::int64_t>(customer.at(2))});
    }
    return worlds;
}

SimulationPart read_part(const json& from, const std::string& name) {
    if (!from.is_object() || from.value("format", "") != kFormat)
        throw NoPart{fmt::format("its \"format\" is not \"{}\"", kFormat)};
    SimulationPart part;
    part.file = name;
    const auto shard = parse_shard(from.at("shard").get<std::string>());
    if (!shard) throw NoPart{"its \"shard\" is none"};
    part.shard = *shard;
    part.replications = number<std::uint32_t>(from.at("replications"));
    if (part.replications == 0 || part.replications > kMostReplications)
        throw NoPart{"its number of replications is none"};
    part.frame = read_frame(from.at("frame"));
    const Interval<std::uint32_t> range = range_of(part.shard, part.replications);
    part.worlds.first = range.from;
    expect_size(from.at("plans"), part.frame.plans.size());
    for (const json& plan : from.at("plans"))
        part.worlds.plans.push_back(read_worlds(plan, part.frame, range.to - range.from));
    return part;
}

/// In what two parts differ, the first thing; empty if they belong together.
std::string difference_between(const SimulationPart& a, const SimulationPart& b) {
    if (a.shard.of != b.shard.of) return fmt::format("one of {} shards, not of {}", b.shard.of, a.shard.of);
    if (a.replications != b.replications)
        return fmt::format("of {} replications, not of {}", b.replications, a.replications);
    if (a.frame.seed != b.frame.seed)
        return fmt::format("made with seed {}, not {}", b.frame.seed, a.frame.seed);
    if (a.frame.scenario_digest != b.frame.scenario_digest) return "made for another scenario";
    if (a.frame.plans.size() != b.frame.plans.size() ||
        !std::ranges::equal(a.frame.plans, b.frame.plans, [](const PlanFrame& x, const PlanFrame& y) {
            return x.name == y.name && x.digest == y.digest;
        }))
        return "made with other plans";
    return a.frame == b.frame ? "" : "made by another version of the program";
}

}  // namespace

void write_simulation_part(const SimulationPart& part, const TextSink& sink) {
    JsonWriter out(JsonWriter::Layout::compact, sink);
    out.begin_object().field("format", kFormat).field("shard", to_text(part.shard));
    out.field("replications", static_cast<std::int64_t>(part.replications));
    write_frame(out, part.frame);
    out.key("plans").begin_list();
    for (const PlanWorlds& plan : part.worlds.plans) write_worlds(out, plan);
    out.end_list().end_object();
    out.finish();
    sink("\n");
}

std::optional<SimulationPart> read_simulation_part_text(std::string_view text, const std::string& name,
                                                        Diagnostics& diagnostics) {
    std::string why;
    try {
        return read_part(json::parse(text), name);
    } catch (const NoPart& no) {
        why = no.why;
    } catch (const json::parse_error&) {
        why = "it is no JSON, or broken off";
    } catch (const json::exception&) {
        why = "something is missing or of another kind";
    }
    diagnostics.error("M7.4", {name, {}, {}, 0, 0}, "this is no part of a simulation: " + why);
    return std::nullopt;
}

std::optional<SimulationPart> read_simulation_part(const std::string& path, Diagnostics& diagnostics) {
    std::optional<Source> source = Source::open(path, {}, diagnostics);
    if (!source) return std::nullopt;
    std::string text;
    while (source->next_block()) text += source->block();
    return read_simulation_part_text(text, path, diagnostics);
}

std::optional<ExperimentResult> join_parts(std::vector<SimulationPart> parts, Diagnostics& diagnostics) {
    if (parts.empty()) return std::nullopt;
    const auto error = [&](const std::string& file, std::string message) {
        diagnostics.error("M7.4", {file, {}, {}, 0, 0}, std::move(message));
    };
    for (const SimulationPart& part : parts)
        if (const std::string difference = difference_between(parts[0], part); !difference.empty())
            error(part.file,
                  fmt::format("belongs to another simulation than {}: {}", parts[0].file, difference));
    if (diagnostics.has_errors()) return std::nullopt;
    std::ranges::stable_sort(parts, {}, [](const SimulationPart& part) { return part.shard.number; });
    std::vector<ShardFile> files;
    for (const SimulationPart& part : parts) files.push_back({part.file, part.shard});
    if (!are_complete(files, diagnostics)) return std::nullopt;
    ExperimentResult result;
    result.frame = std::move(parts[0].frame);
    for (SimulationPart& part : parts) result.worlds.append(std::move(part.worlds));
    return result;
}

}  // namespace termwise
