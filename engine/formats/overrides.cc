#include "formats/overrides.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_set>
#include <utility>

#include "base/nearest.h"
#include "formats/canonical.h"

namespace termwise {
namespace {

using nlohmann::json;

constexpr int kMostLevels = 32;  // of a value, as of a file
constexpr std::size_t kMostNamed = 5;

/// What can be set, and takes it from a draft.
struct TopLevelField {
    std::string_view name;
    bool has_ids = false;  ///< a list whose members replace those of the same id, one by one
    void (*forget)(ScenarioDraft&);
};

constexpr std::array kTopLevelFields{
    TopLevelField{"acceptance", false, [](ScenarioDraft& d) { d.plan_days.reset(); }},
    TopLevelField{"budgets", false, [](ScenarioDraft& d) { d.budgets.clear(); }},
    TopLevelField{"calendar", false,
                  [](ScenarioDraft& d) {
                      d.calendar.reset();
                      d.holidays.clear();
                  }},
    TopLevelField{"continuity", false, [](ScenarioDraft& d) { d.continuity.reset(); }},
    TopLevelField{"currency", false, [](ScenarioDraft& d) { d.currency.reset(); }},
    TopLevelField{"customers", true,
                  [](ScenarioDraft& d) {
                      d.portfolio = {};
                      d.portfolio_files.reset();
                  }},
    TopLevelField{"disruption", false, [](ScenarioDraft& d) { d.disruption.reset(); }},
    TopLevelField{"effort", false, [](ScenarioDraft& d) { d.effort.reset(); }},
    TopLevelField{"horizon", false, [](ScenarioDraft& d) { d.horizon.reset(); }},
    TopLevelField{"name", false, [](ScenarioDraft& d) { d.name.reset(); }},
    TopLevelField{"offers", true,
                  [](ScenarioDraft& d) {
                      d.offers.clear();
                      d.offers_given = false;
                  }},
    TopLevelField{"perspective", false, [](ScenarioDraft& d) { d.perspective.reset(); }},
    TopLevelField{"programmes", true,
                  [](ScenarioDraft& d) {
                      d.programmes.clear();
                      d.programmes_given = false;
                  }},
    TopLevelField{"provision_days", false, [](ScenarioDraft& d) { d.provision_days.reset(); }},
    TopLevelField{"strategy", false, [](ScenarioDraft& d) { d.overlap_days.reset(); }},
    TopLevelField{"target_terms", false, [](ScenarioDraft& d) { d.target_terms.reset(); }},
    TopLevelField{"teams", false, [](ScenarioDraft& d) { d.teams.clear(); }},  // their order matters
    TopLevelField{"transitions", true, [](ScenarioDraft& d) { d.transitions.clear(); }},
    TopLevelField{"uncertainty", false, [](ScenarioDraft& d) { d.uncertainty.reset(); }}};

/// Lists that may be left out, below the whole scenario as well: there is nothing in them then.
constexpr std::array<std::string_view, 11> kLists{"blackouts",    "budgets",  "demand",     "exceptions",
                                                  "holidays",     "requires", "targets",    "teams",
                                                  "target_terms", "workdays", "transitions"};

const TopLevelField* top_level_field(std::string_view name) {
    const auto field = std::ranges::find(kTopLevelFields, name, &TopLevelField::name);
    return field == kTopLevelFields.end() ? nullptr : &*field;
}

bool is_utf8(std::string_view text) {
    try {
        static_cast<void>(json(text).dump());
        return true;
    } catch (const json::type_error&) {
        return false;
    }
}

std::vector<std::string> tokens_of(std::string_view pointer) {
    std::vector<std::string> tokens;
    for (std::size_t at = 0; at < pointer.size();) {
        const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
        std::string token(pointer.substr(at + 1, end - at - 1));
        for (std::size_t i = 0; (i = token.find('~', i)) != std::string::npos; ++i)
            token.replace(i, 2, token[i + 1] == '1' ? "/" : "~");
        tokens.push_back(std::move(token));
        at = end;
    }
    return tokens;
}

std::string escaped(std::string_view name) {
    std::string text;
    for (const char c : name) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return text;
}

/// The value of a field that is a text; empty if it is none.
std::string text_in(const json& object, const char* field) {
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// P1Y and P12M name the same (M1.6).
std::string with_short_periods(std::string_view name) {
    std::string text;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find(',', at), name.size());
        const std::string_view part = name.substr(at, end - at);
        const auto period = parse_period(part);
        if (at > 0) text += ',';
        text += period ? to_short_text(*period) : std::string(part);
        at = end + 1;
    }
    return text;
}

/// What identifies a member of a list, with all that may be needed to tell it from others; see Override.
std::string name_of(const json& member) {
    if (member.is_string()) return member.get<std::string>();
    if (!member.is_object()) return {};
    if (member.contains("id")) return text_in(member, "id");
    const std::string from = text_in(member, "from");
    if (member.contains("term")) {
        const std::string sold_as =
            with_short_periods(text_in(member, "term") + "," + text_in(member, "billing"));
        return from.empty() ? sold_as : sold_as + "," + from;
    }
    if (member.contains("to")) return from + "," + text_in(member, "to");
    return from.empty() ? text_in(member, "on") : from;
}

/// Reads a value; what is wrong with it as JSON (but not as a value) in `problem`.
json value_of(const std::string& text, bool numbers_may_have_points, std::string& problem) {
    std::vector<std::unordered_set<std::string>> fields;
    const auto look = [&](int depth, json::parse_event_t event, const json& parsed) {
        if (depth > kMostLevels) problem = "nested too deep";
        if (event == json::parse_event_t::object_start) fields.emplace_back();
        if (event == json::parse_event_t::object_end) fields.pop_back();
        if (event == json::parse_event_t::key && !fields.back().insert(parsed.get<std::string>()).second)
            problem = fmt::format("the field {} stands here twice", parsed.dump());
        return problem.empty();
    };
    json value = json::parse(text, look, false);
    const bool is_word = value.is_discarded() || (value.is_number_float() && !numbers_may_have_points);
    const bool looks_like_json = !text.empty() && (text.front() == '{' || text.front() == '[');
    if (problem.empty() && is_word && looks_like_json)
        problem = "the value begins like JSON, but cannot be read as JSON";
    return is_word ? json(text) : value;
}

/// Applies overrides to a scenario in canonical form.
class Patch {
  public:
    Patch(const Scenario& scenario, json& document, Diagnostics& diagnostics)
        : scenario_(scenario), document_(document), diagnostics_(diagnostics) {}

    void apply(const Override& override) {
        const std::vector<std::string> tokens = tokens_of(override.pointer);
        const TopLevelField* field = top_level_field(tokens[0]);
        if (field == nullptr) {
            refuse_field(override, tokens[0]);
            return;
        }
        if (identifies(tokens)) {
            refuse(override, "what identifies a member cannot be set");
            return;
        }
        std::string problem;
        const bool below_uncertainty = std::ranges::find(tokens, "uncertainty") != tokens.end();
        json value = value_of(override.value, below_uncertainty, problem);
        if (!problem.empty()) {
            refuse(override, std::move(problem));
            return;
        }
        std::string touched;
        json* at = find(tokens, override, touched);
        if (at == nullptr) return;
        if (field->has_ids && tokens.size() == 2 && !may_replace(*at, value, override)) return;
        *at = std::move(value);
        touched_[field->name].insert(field->has_ids ? touched : std::string());
    }

    /// What stands there; null where nothing does, or (said in the diagnostics) where nothing can.
    [[nodiscard]] json value(const std::string& pointer) {
        const std::vector<std::string> tokens = tokens_of(pointer);
        if (top_level_field(tokens[0]) == nullptr) {
            refuse_field({pointer, {}}, tokens[0]);
            return nullptr;
        }
        std::string touched;
        const json* at = find(tokens, {pointer, {}}, touched);
        return at == nullptr ? json() : *at;
    }

    [[nodiscard]] OverridingPart part() const {
        json part = {{"format", "termwise-scenario/1"}};
        std::vector<std::string> replaced;
        for (const auto& [field, members] : touched_) {
            if (members.contains("")) {
                part[field] = document_.at(field);
                replaced.emplace_back(field);
                continue;
            }
            part[field] = json::array();
            for (const json& member : document_.at(field))
                if (members.contains(name_of(member))) part[field].push_back(member);
        }
        return {part.dump(), std::move(replaced)};
    }

  private:
    static bool identifies(const std::vector<std::string>& tokens) {
        if (tokens.size() < 3) return false;
        return tokens.back() == "id" ||
               (tokens[0] == "transitions" && (tokens.back() == "from" || tokens.back() == "to"));
    }

    /// Where the pointer leads; `member` is then the name of the top-level list's member on the way.
    json* find(const std::vector<std::string>& tokens, const Override& override, std::string& member) {
        json* at = &document_;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const bool is_list = at->is_array() || (at->is_null() && i > 0 &&
                                                    std::ranges::find(kLists, tokens[i - 1]) != kLists.end());
            if (is_list) {
                if (at->is_null()) *at = json::array();
                at = find_member(*at, tokens, i, override);
                if (at == nullptr) return nullptr;
                if (i == 1) member = name_of(*at);
            } else if (at->is_object() || at->is_null()) {
                at = &(*at)[tokens[i]];  // a field left out holds its default, and may be set
            } else {
                refuse(override, fmt::format("\"{}\" has no fields", tokens[i - 1]));
                return nullptr;
            }
        }
        return at;
    }

    json* find_member(json& list, const std::vector<std::string>& tokens, std::size_t i,
                      const Override& override) {
        const std::string& token = tokens[i];
        const std::string short_token = with_short_periods(token);
        std::vector<json*> begins_so;  // "P1Y,P1M" of "P1Y,P1M,2026-06-01"
        std::vector<std::string> names;
        for (json& candidate : list) {
            const std::string& name = names.emplace_back(name_of(candidate));
            if (name == token || (name == short_token && !candidate.contains("id"))) return &candidate;
            if (candidate.contains("term") && name.starts_with(short_token + ","))
                begins_so.push_back(&candidate);
        }
        if (begins_so.size() == 1) return begins_so.front();
        if (!begins_so.empty()) {
            std::string several;
            for (std::size_t n = 0; n < begins_so.size() && n < kMostNamed; ++n)
                several += (n == 0 ? "" : ", ") + name_of(*begins_so[n]);
            if (begins_so.size() > kMostNamed) several += " ...";
            refuse(override, fmt::format("there are several \"{}\" in this list: {}", token, several));
            return nullptr;
        }
        const bool is_number = !token.empty() && token.size() < 9 &&
                               std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
        if (is_number && std::stoul(token) < list.size() && list[std::stoul(token)].is_number())
            return &list[std::stoul(token)];
        std::vector<std::string_view> known(names.begin(), names.end());
        if (i == 1 && tokens[0] == "customers") {
            known.clear();
            for (const Customer& customer : scenario_.customers)
                known.push_back(scenario_.texts.view(customer.id));
        }
        std::string nearest = nearest_name(token, known);
        std::string message = fmt::format("there is no \"{}\" in this list", token);
        if (known.empty()) message += ", which is empty";
        if (nearest.empty() && !known.empty() && known.size() <= kMostNamed)
            message += fmt::format(", only \"{}\"", fmt::join(known, "\", \""));
        refuse(override, std::move(message), std::move(nearest));
        return nullptr;
    }

    /// Whether `value` may take the place of a member that is known by what identifies it; says if not. What
    /// identifies the member need not be repeated.
    bool may_replace(const json& member, json& value, const Override& override) {
        if (!value.is_object()) {
            refuse(override, "a member of this list can only be replaced by an object");
            return false;
        }
        for (const char* field : {"id", "from", "to"}) {
            const bool counts = member.contains("id") ? field == std::string_view("id") : true;
            if (!counts || !member.contains(field)) continue;
            if (!value.contains(field)) value[field] = member[field];
            if (value[field] == member[field]) continue;
            refuse(override, "what identifies a member cannot be set");
            return false;
        }
        return true;
    }

    void refuse_field(const Override& override, const std::string& field) {
        std::vector<std::string_view> names;
        for (const TopLevelField& known : kTopLevelFields) names.push_back(known.name);
        refuse(override, fmt::format("a scenario has no field \"{}\" that can be set", field),
               nearest_name(field, names));
    }

    void refuse(const Override& override, std::string message, std::string nearest = {}) {
        Place place;
        place.file = kOverridesName;
        place.pointer = override.pointer;
        diagnostics_.error("M0.5", std::move(place), std::move(message), std::move(nearest));
    }

    const Scenario& scenario_;
    json& document_;
    Diagnostics& diagnostics_;
    std::map<std::string_view, std::set<std::string>> touched_;  // members by name; "": the field as a whole
};

/// The scenario in canonical form, with the customers that `overrides` name.
json document_for(const Scenario& scenario, std::span<const Override> overrides) {
    std::set<std::int32_t> concerned;
    for (const Override& override : overrides) {
        const std::vector<std::string> tokens = tokens_of(override.pointer);
        if (tokens.size() < 2 || tokens[0] != "customers") continue;
        if (const CustomerIndex customer = scenario.find_customer(tokens[1]); !customer.none())
            concerned.insert(customer.value);
    }
    std::vector<CustomerIndex> customers;
    for (const std::int32_t customer : concerned) customers.emplace_back(customer);
    return json::parse(canonical_frame_text(scenario, customers));
}

}  // namespace

std::optional<Override> parse_override(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (!text.starts_with('/') || equals == std::string_view::npos || !is_utf8(text)) return std::nullopt;
    const std::string_view pointer = text.substr(0, equals);
    for (std::size_t i = 0; (i = pointer.find('~', i)) != std::string_view::npos; ++i)
        if (i + 1 == pointer.size() || (pointer[i + 1] != '0' && pointer[i + 1] != '1')) return std::nullopt;
    return Override{std::string(pointer), std::string(text.substr(equals + 1))};
}

std::optional<OverridingPart> overriding_part(const Scenario& scenario, std::span<const Override> overrides,
                                              Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    json document = document_for(scenario, overrides);
    Patch patch(scenario, document, diagnostics);
    for (const Override& override : overrides) patch.apply(override);
    if (diagnostics.error_count() > errors_before) return std::nullopt;
    return patch.part();
}

std::optional<std::string> value_at(const Scenario& scenario, const std::string& pointer,
                                    Diagnostics& diagnostics) {
    if (pointer == "/customers") return std::string();
    const std::size_t errors_before = diagnostics.error_count();
    const Override asked{pointer, {}};
    json document = document_for(scenario, {&asked, 1});
    const json value = Patch(scenario, document, diagnostics).value(pointer);
    if (diagnostics.error_count() > errors_before) return std::nullopt;
    if (value.is_null()) return std::string();
    if (!value.is_string()) return value.dump();
    std::string problem;
    auto text = value.get<std::string>();
    return value_of(text, false, problem) == value && problem.empty() ? text : value.dump();
}

void forget_replaced(ScenarioDraft& draft, const OverridingPart& part) {
    for (const std::string& field : part.replaced) top_level_field(field)->forget(draft);
}

void name_places(const OverridingPart& part, Diagnostics& diagnostics) {
    const json document = json::parse(part.json);
    for (Diagnostic& diagnostic : diagnostics.all()) {
        if (diagnostic.place.file != kOverridesName) continue;
        std::string named;
        const json* at = &document;
        for (const std::string& token : tokens_of(diagnostic.place.pointer)) {
            std::string name = token;
            if (at != nullptr && at->is_array()) {
                const std::size_t position = std::stoul(token);
                at = position < at->size() ? &(*at)[position] : nullptr;
                if (at != nullptr && at->is_object() && !name_of(*at).empty()) name = name_of(*at);
            } else if (at != nullptr) {
                at = at->is_object() && at->contains(token) ? &(*at)[token] : nullptr;
            }
            named += "/" + escaped(name);
        }
        diagnostic.place.pointer = named;
    }
}

}  // namespace termwise
