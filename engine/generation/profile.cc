#include "generation/profile.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/nearest.h"
#include "formats/json_reader.h"
#include "formats/locate.h"
#include "formats/scenario_sink.h"
#include "formats/source.h"
#include "generation/sample.h"
#include "model/build.h"

namespace termwise {
namespace {

using enum Presence;

/// What a profile is read into: its part of a scenario as scenarios are read.
struct ProfileSink : ScenarioSink {
    ProfileSink(Profile& target, Reporter& to) : ScenarioSink(target.scenario, to), profile(target) {}

    Profile& profile;
    std::vector<WeightedRange>* ranges = nullptr;  // being read
};

ProfileSink& sink_of(void* sink) { return static_cast<ProfileSink&>(in(sink)); }
Profile& profile(void* sink) { return sink_of(sink).profile; }

template <std::int32_t Profile::*Member>
void take(void* sink, const Value& value) {
    profile(sink).*Member = value.integer;
}

constexpr std::array<std::string_view, 1> kFormats{"termwise-profile/1"};
constexpr Scalar kFormat = scalars::one_of(kFormats, "\"termwise-profile/1\"");
constexpr Scalar kPercent{Kind::integer, "", "a whole percentage, 0 to 100", 0, 100};
constexpr Scalar kLoad{Kind::integer, "", "a whole percentage, 1 to 1,000", 1, 1'000};
constexpr Scalar kWeight{Kind::integer, "", "a weight, 0 to 1,000,000", 0, 1'000'000};
constexpr Scalar kOften{Kind::integer, "", "a number of subscriptions, 1 to 50", 1, 50};
constexpr Scalar kSeatCount{Kind::integer, "", "a number of seats, 1 to 1,000,000", 1, 1'000'000};
constexpr Scalar kFirstDay{Kind::integer, "", "a day of the horizon, 1 to 3,660", 1, 3'660};

// Numbers that are drawn

WeightedRange& range(void* sink) { return sink_of(sink).ranges->back(); }

void close_range(void* sink) {
    if (!in(sink).reporter.is_spoiled() && range(sink).from > range(sink).to)
        in(sink).reporter.mistake(
            "", fmt::format("a range from {} to {} holds nothing", range(sink).from, range(sink).to));
}

template <const Scalar& Number>
struct RangeShape {
    static constexpr std::array kFields{
        Field{"from", required, {Number, [](void* s, const Value& v) { range(s).from = v.integer; }}},
        Field{"to", required, {Number, [](void* s, const Value& v) { range(s).to = v.integer; }}},
        Field{"weight", optional, {kWeight, [](void* s, const Value& v) { range(s).weight = v.integer; }}}};
    static constexpr ObjectShape kShape{"", kFields, [](void* s) { sink_of(s).ranges->emplace_back(); },
                                        close_range};
};

template <std::vector<WeightedRange> Profile::*Member>
void open_ranges(void* sink) {
    sink_of(sink).ranges = &(profile(sink).*Member);
}

void check_weights(void* sink) {
    std::int64_t sum = 0;
    for (const WeightedRange& of : *sink_of(sink).ranges) sum += of.weight;
    if (sum == 0) in(sink).reporter.mistake("", "one of the weights has to be above 0");
}

constexpr ListShape kSubscriptions{"", RangeShape<kOften>::kShape, 1, open_ranges<&Profile::subscriptions>,
                                   check_weights};
constexpr ListShape kSeats{"", RangeShape<kSeatCount>::kShape, 1, open_ranges<&Profile::seats>,
                           check_weights};

// What is held

HeldOffer& held(void* sink) { return profile(sink).offers.back(); }

constexpr std::array kHeldFields{
    Field{"offer", required, {scalars::kId, [](void* s, const Value& v) { held(s).offer = v.text; }}},
    Field{"term", optional, {scalars::kPeriod, [](void* s, const Value& v) { held(s).term = v.period; }}},
    Field{"weight", optional, {kWeight, [](void* s, const Value& v) { held(s).weight = v.integer; }}}};
constexpr ObjectShape kHeld("", kHeldFields, [](void* s) { profile(s).offers.emplace_back(); });
constexpr ListShape kOffers{"", kHeld, 1, nullptr, [](void* s) {
                                std::int64_t sum = 0;
                                for (const HeldOffer& offer : profile(s).offers) sum += offer.weight;
                                if (sum == 0)
                                    in(s).reporter.mistake("", "one of the weights has to be above 0");
                            }};

AddOn& add_on(void* sink) { return profile(sink).add_ons.back(); }

constexpr ListShape kParents{
    "", {scalars::kId, [](void* s, const Value& v) { add_on(s).parents.emplace_back(v.text); }}, 1};
constexpr std::array kAddOnFields{
    Field{"offer", required, {scalars::kId, [](void* s, const Value& v) { add_on(s).offer = v.text; }}},
    Field{"parents", required, kParents},
    Field{"percent", required, {kPercent, [](void* s, const Value& v) { add_on(s).percent = v.integer; }}},
    Field{"seats_percent", required, {kPercent, [](void* s, const Value& v) {
                                          add_on(s).seats_percent = v.integer;
                                      }}}};
constexpr ObjectShape kAddOn("", kAddOnFields, [](void* s) { profile(s).add_ons.emplace_back(); });
constexpr ListShape kAddOns{"", kAddOn};

LoadTarget& load(void* sink) { return profile(sink).capacity.back(); }

constexpr std::array kLoadFields{
    Field{"team", required, {scalars::kId, [](void* s, const Value& v) { load(s).team = v.text; }}},
    Field{"load_percent", required, {kLoad, [](void* s, const Value& v) { load(s).percent = v.integer; }}},
    Field{"least_minutes",
          optional,
          {scalars::kMinutes, [](void* s, const Value& v) { load(s).least_minutes = v.integer; }}},
    Field{"in_time", optional, {scalars::kBoolean, [](void* s, const Value& v) {
                                    load(s).in_time = v.boolean;
                                }}}};
constexpr ObjectShape kLoadTarget("", kLoadFields, [](void* s) { profile(s).capacity.emplace_back(); });
constexpr ListShape kCapacity{"", kLoadTarget};

// How often, and when

constexpr std::array kEndFields{
    Field{"first_day", optional, {kFirstDay, take<&Profile::first_end_day>}},
    Field{"last_day", optional, {kFirstDay, take<&Profile::last_end_day>}},
    Field{"quarter_end_percent", optional, {kPercent, take<&Profile::quarter_end_percent>}}};
constexpr ObjectShape kEnds("", kEndFields, nullptr, [](void* s) {
    if (!in(s).reporter.is_spoiled() && profile(s).first_end_day > profile(s).last_end_day)
        in(s).reporter.mistake("", fmt::format("the first day, {}, lies after the last, {}",
                                               profile(s).first_end_day, profile(s).last_end_day));
});
constexpr std::array kDemandFields{
    Field{"percent", optional, {kPercent, take<&Profile::demand_percent>}},
    Field{"change_percent", optional, {kPercent, take<&Profile::demand_change_percent>}}};
constexpr ObjectShape kDemand("", kDemandFields);
constexpr std::array kBlackoutFields{Field{"percent", optional, {kPercent, take<&Profile::blackout_percent>}},
                                     Field{"days", required, {kFirstDay, take<&Profile::blackout_days>}}};
constexpr ObjectShape kBlackouts("", kBlackoutFields);
constexpr std::array kDeadlineFields{Field{"percent", optional, {kPercent, take<&Profile::deadline_percent>}},
                                     Field{"day", required, {kFirstDay, take<&Profile::deadline_day>}}};
constexpr ObjectShape kDeadlines("", kDeadlineFields);

const ObjectShape& profile_shape() {
    static constexpr std::array<std::string_view, 4> kMade{"format", "include", "customers", "portfolio"};
    static const std::vector<Field> kScenarioFields = scenario_fields_without(kMade);
    static const ObjectShape kScenario("M1", kScenarioFields);
    static const std::vector<Field> kFields{
        {"format", required, {kFormat, [](void*, const Value&) {}}},
        {"subscriptions", required, kSubscriptions},
        {"seats", required, kSeats},
        {"offers", required, kOffers},
        {"add_ons", optional, kAddOns},
        {"term_ends", optional, kEnds},
        {"monthly_billing_percent", optional, {kPercent, take<&Profile::monthly_billing_percent>}},
        {"auto_renew_percent", optional, {kPercent, take<&Profile::auto_renew_percent>}},
        {"active_percent", optional, {kPercent, take<&Profile::active_percent>}},
        {"demand", optional, kDemand},
        {"blackouts", optional, kBlackouts},
        {"deadlines", optional, kDeadlines},
        {"capacity", optional, kCapacity},
        {"scenario", required, kScenario}};
    static const ObjectShape kShape("", kFields);
    return kShape;
}

/// The team is one of the scenario's.
void check_teams(const Profile& profile, Diagnostics& diagnostics) {
    std::vector<std::string_view> known;
    for (const TeamDraft& team : profile.scenario.teams) known.push_back(team.id);
    for (std::size_t i = 0; i < profile.capacity.size(); ++i)
        if (std::ranges::find(known, profile.capacity[i].team) == known.end())
            diagnostics.error(
                "M0.5", {profile.path, fmt::format("/capacity/{}/team", i), {}, 0, 0},
                fmt::format("there is no team {}", quoted(std::string_view(profile.capacity[i].team))),
                nearest_name(profile.capacity[i].team, known));
}

}  // namespace

std::optional<Profile> read_profile_text(std::string_view json, const std::string& name,
                                         Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    Profile profile;
    profile.path = name;
    profile.scenario.files.push_back({name});
    profile.scenario.portfolio.given = true;
    Source source = Source::of_text(json, name);
    JsonReader reader(source, diagnostics);
    ProfileSink sink(profile, reader);
    const ReadOutcome outcome = reader.read(profile_shape(), static_cast<ScenarioSink*>(&sink));
    if (outcome == ReadOutcome::good) {
        check_teams(profile, diagnostics);
        check_sample(profile, diagnostics);
    }
    locate_in(json, name, diagnostics);
    diagnostics.sort();
    if (outcome != ReadOutcome::good || diagnostics.error_count() != errors_before) return std::nullopt;
    profile.scenario_json = nlohmann::ordered_json::parse(json).at("scenario").dump();
    return profile;
}

std::optional<Profile> read_profile(const std::string& path, Diagnostics& diagnostics) {
    const std::optional<std::string> text = read_whole_text(path, diagnostics);
    if (!text) return std::nullopt;
    return read_profile_text(*text, path, diagnostics);
}

}  // namespace termwise
