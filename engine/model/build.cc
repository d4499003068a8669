#include "model/build.h"

#include <array>
#include <cassert>
#include <cstring>
#include <utility>

#include "base/nearest.h"
#include "model/build_internal.h"

namespace termwise {
namespace building {

void Building::report_unknown(std::string_view kind, std::string_view name,
                              std::span<const std::string_view> known, Place place) {
    diagnostics.error("M0.5", std::move(place), fmt::format("there is no {} \"{}\"", kind, name),
                      suggestion(kind, name, known));
}

std::string Building::suggestion(std::string_view kind, std::string_view name,
                                 std::span<const std::string_view> known) {
    // A wrong list of offers makes every subscription wrong: a hundred suggestions are enough to see why.
    constexpr std::size_t kMostSuggestions = 100;
    constexpr std::size_t kMostCandidates = 5'000;
    const std::string key = fmt::format("{}\n{}", kind, name);
    if (const auto found = suggested.find(key); found != suggested.end()) return found->second;
    if (suggested.size() >= kMostSuggestions) return {};
    std::string nearest = nearest_name(name, known.first(std::min(known.size(), kMostCandidates)));
    suggested.emplace(key, nearest);
    return nearest;
}

void Building::report_amount(Decimal amount, Place place) {
    const int digits = scenario.minor_digits;
    error("M0.3", std::move(place),
          amount.decimals > digits ? fmt::format("an amount has at most {} decimal{} in {}, not {}", digits,
                                                 digits == 1 ? "" : "s", scenario.currency, amount.decimals)
                                   : "the amount is too large");
}

void Building::report_missing(std::string_view field, std::string_view instead) {
    const auto is_about = [](const Diagnostic& known, std::string_view name) {
        return known.severity == Severity::error && known.place.pointer.starts_with(fmt::format("/{}", name));
    };
    for (const Diagnostic& known : diagnostics.all())
        if (is_about(known, field) || (!instead.empty() && is_about(known, instead))) return;
    error("M1", place(Origin{0}, "", ""),
          instead.empty() ? fmt::format("\"{}\" is missing", field)
                          : fmt::format("\"{}\" is missing, and \"{}\" as well", field, instead));
}

void Building::report_twice(std::string_view kind, std::string_view id, const Place& first, Place second) {
    std::string message =
        fmt::format("there are two {}s \"{}\"; the first is {}", kind, id, told_from(second, first));
    error("M0.5", std::move(second), std::move(message));
}

void Building::forget_subscription_drafts() {
    draft.portfolio.subscriptions = std::vector<SubscriptionDraft>();
    draft.portfolio.extras = std::vector<SubscriptionExtras>();
    subscription_source = std::vector<std::uint32_t>();
}

std::string told_from(const Place& here, const Place& other) {
    std::string text = other.pointer.empty() ? fmt::format("line {}", other.line) : other.pointer;
    if (other.file != here.file) text += fmt::format(" of {}", other.file);
    return text;
}

std::int32_t find_id(std::span<const std::string_view> ids, std::string_view id) {
    const auto found = std::ranges::lower_bound(ids, id);
    return found != ids.end() && *found == id ? static_cast<std::int32_t>(found - ids.begin()) : -1;
}

namespace {

/// Eight bytes of a text as a number that sorts as they do; a text that ends earlier sorts before.
std::uint64_t sort_key(std::string_view text) {
    std::array<unsigned char, 8> bytes{};
    std::memcpy(bytes.data(), text.data(), std::min(text.size(), bytes.size()));
    std::uint64_t key = 0;
    for (const unsigned char byte : bytes) key = key << 8 | byte;
    return key;
}

}  // namespace

std::vector<std::uint32_t> order_by_text(const TextPool& pool, std::span<const Text> texts) {
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto view = [&](std::uint32_t i) { return pool.view(texts[i]); };
    if (std::ranges::is_sorted(order, {}, view)) return order;

    // Ids of a portfolio begin alike ("customer-000123"). What comes after decides, and mostly within eight
    // bytes, which compare faster than strings that lie about in memory.
    const std::string_view first = view(0);
    std::size_t common = first.size();
    for (const std::uint32_t i : order) {
        const std::string_view text = view(i).substr(0, common);
        common = static_cast<std::size_t>(std::ranges::mismatch(text, first.substr(0, text.size())).in1 -
                                          text.begin());
    }
    struct Keyed {
        std::uint64_t key;
        std::uint32_t position;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(texts.size());
    for (const std::uint32_t i : order) keyed.push_back({sort_key(view(i).substr(common)), i});
    std::ranges::sort(keyed, [&](const Keyed& a, const Keyed& b) {
        if (a.key != b.key) return a.key < b.key;
        const int compared = view(a.position).compare(view(b.position));
        return compared != 0 ? compared < 0 : a.position < b.position;
    });
    for (std::size_t i = 0; i < keyed.size(); ++i) order[i] = keyed[i].position;
    return order;
}

}  // namespace building

std::optional<Scenario> build(ScenarioDraft&& draft, Diagnostics& diagnostics) {
    Scenario scenario;
    building::Building b(draft, scenario, diagnostics);
    build_frame(b);
    build_catalogue(b);
    build_customers(b);
    build_subscriptions(b);
    check_subscriptions(b);
    if (!diagnostics.has_errors()) check_exposure(b);
    if (diagnostics.has_errors()) return std::nullopt;
    b.forget_subscription_drafts();
    add_warnings(b);
    draft.portfolio = PortfolioDraft();
    return scenario;
}

Scenario with_horizon_end(Scenario scenario, Day end) {
    assert(end > scenario.h0());
    scenario.horizon.to = end;
    return scenario;
}

}  // namespace termwise
