#include "formats/scenario_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "formats/locate.h"
#include "formats/scenario_files.h"
#include "model/build.h"
#include "model/merge.h"
#include "model/place.h"

namespace termwise {
namespace {

/// Something that can be judged by itself: a row of a table, a member of a list, a field of the scenario.
struct Record {
    std::string file;
    std::string pointer;
    std::size_t line = 0;

    friend auto operator<=>(const Record&, const Record&) = default;
};

/// "/offers/3" of "/offers/3/prices/0", "/customers/1/subscriptions/2" of what lies in that, "/effort" of its
/// fields.
std::string_view record_pointer(std::string_view pointer) {
    const auto steps = [&](std::size_t count) {
        std::size_t end = 0;
        while (count-- > 0 && end < pointer.size())
            end = std::min(pointer.find('/', end + 1), pointer.size());
        return pointer.substr(0, end);
    };
    const std::string_view member = steps(2);
    const std::string_view position = member.substr(steps(1).size());
    const bool is_member = position.size() > 1 && position[1] >= '0' && position[1] <= '9';
    if (!is_member) return steps(1);
    const bool is_subscription = member.starts_with("/customers/") && steps(3).ends_with("/subscriptions");
    return is_subscription ? steps(4) : member;
}

Record record_of(const Place& place) {
    if (place.pointer.empty()) return {place.file, {}, place.line};
    return {place.file, std::string(record_pointer(place.pointer)), 0};
}

/// Builds the scenario, unless too much is wrong to judge what it means. Of a record that is wrong in form no
/// more is said than whether its names are right (M0.5): the rest would be about values that stand in for
/// those that could not be read.
std::optional<Scenario> judge(DraftReading&& reading, Diagnostics& diagnostics) {
    if (reading.outcome == ReadOutcome::vital_mistakes || diagnostics.error_count() > Diagnostics::kMostKept)
        return std::nullopt;
    if (reading.outcome == ReadOutcome::good) return build(std::move(reading.draft), diagnostics);
    std::set<Record> spoiled;
    for (const Diagnostic& d : diagnostics.all()) spoiled.insert(record_of(d.place));
    spoiled.erase(
        record_of(place_of(reading.draft.files, Origin{0}, "", "")));  // what is missing is no record
    Diagnostics found;
    static_cast<void>(build(std::move(reading.draft), found));
    for (Diagnostic& d : found.all())
        if (d.rule == "M0.5" || !spoiled.contains(record_of(d.place))) diagnostics.add(std::move(d));
    return std::nullopt;
}

/// Builds what `draft` is once `overrides` are applied. What a pointer leads to is looked up in the scenario
/// as it stands.
std::optional<Scenario> judge_with(std::span<const Override> overrides, const Scenario& as_it_stands,
                                   ScenarioDraft draft, Diagnostics& diagnostics) {
    const std::optional<OverridingPart> part = overriding_part(as_it_stands, overrides, diagnostics);
    if (!part) return std::nullopt;
    DraftReading reading =
        read_scenario_part(part->json, std::string(kOverridesName), draft.files, diagnostics);
    forget_replaced(draft, *part);
    draft.files = reading.draft.files;
    merge_included(reading.draft, std::move(draft));
    std::optional<Scenario> scenario = judge(std::move(reading), diagnostics);
    name_places(*part, diagnostics);
    return scenario;
}

/// The same of a draft of which nothing is built yet; warnings are of the scenario as it is then.
std::optional<Scenario> judge_with(std::span<const Override> overrides, ScenarioDraft draft,
                                   Diagnostics& diagnostics) {
    Diagnostics as_it_stands = diagnostics;
    const std::optional<Scenario> scenario = build(ScenarioDraft(draft), as_it_stands);
    if (scenario) return judge_with(overrides, *scenario, std::move(draft), diagnostics);
    diagnostics = std::move(as_it_stands);
    return std::nullopt;
}

}  // namespace

std::optional<Scenario> read_scenario(const std::string& path, Diagnostics& diagnostics) {
    return read_scenario(path, {}, diagnostics);
}

std::optional<Scenario> read_scenario(const std::string& path, std::span<const Override> overrides,
                                      Diagnostics& diagnostics) {
    DraftReading reading = read_scenario_files(path, diagnostics);
    const bool is_good = reading.outcome == ReadOutcome::good;
    std::optional<Scenario> scenario = is_good && !overrides.empty()
                                           ? judge_with(overrides, std::move(reading.draft), diagnostics)
                                           : judge(std::move(reading), diagnostics);
    locate(diagnostics);
    diagnostics.sort();
    return scenario;
}

std::optional<ScenarioVariants> ScenarioVariants::read(const std::string& path,
                                                       std::vector<Override> overrides,
                                                       Diagnostics& diagnostics) {
    const auto finish = [&] {
        locate(diagnostics);
        diagnostics.sort();
    };
    DraftReading reading = read_scenario_files(path, diagnostics);
    if (reading.outcome != ReadOutcome::good) {
        static_cast<void>(judge(std::move(reading), diagnostics));
        finish();
        return std::nullopt;
    }
    const Diagnostics when_read = diagnostics;
    std::optional<Scenario> scenario = build(ScenarioDraft(reading.draft), diagnostics);
    if (!scenario) {
        finish();
        return std::nullopt;
    }
    ScenarioVariants variants(std::move(reading.draft), std::move(*scenario), std::move(overrides));
    if (!variants.overrides_.empty()) {
        diagnostics = when_read;
        variants.base_ = judge_with(variants.overrides_, variants.as_it_stands_,
                                    ScenarioDraft(variants.draft_), diagnostics);
    }
    finish();
    if (!variants.overrides_.empty() && !variants.base_) return std::nullopt;
    return variants;
}

std::optional<Scenario> ScenarioVariants::with(std::span<const Override> more,
                                               Diagnostics& diagnostics) const {
    if (more.empty()) return base();
    std::vector<Override> all = overrides_;
    all.insert(all.end(), more.begin(), more.end());
    std::optional<Scenario> scenario = judge_with(all, as_it_stands_, ScenarioDraft(draft_), diagnostics);
    if (!scenario) {
        locate(diagnostics);
        diagnostics.sort();
    }
    return scenario;
}

std::optional<Scenario> read_scenario_text(std::string_view json, const std::string& name,
                                           Diagnostics& diagnostics) {
    std::optional<Scenario> scenario = judge(read_single_scenario(json, name, diagnostics), diagnostics);
    locate_in(json, name, diagnostics);
    diagnostics.sort();
    return scenario;
}

}  // namespace termwise
