#include "formats/binding_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/guid.h"
#include "base/lower_case.h"
#include "execution/route.h"
#include "formats/json_reader.h"
#include "formats/json_shape.h"
#include "formats/json_writer.h"
#include "formats/locate.h"
#include "formats/source.h"
#include "formats/suggestions.h"

namespace termwise {
namespace {

using enum Presence;

constexpr std::array<std::string_view, 3> kChannelNames{"legacy-csp", "nce", "person"};
constexpr std::array<std::string_view, 2> kRouteNames{"purchase", "migration"};

/// What a binding is read into.
class BindingSink {
  public:
    BindingSink(const Scenario& scenario, JsonReader& reader) : scenario_(scenario), reader_(reader) {}

    Binding binding;
    std::string id;
    Channel channel = Channel::person;
    std::string tenant;
    OfferBinding offer;
    SubscriptionBinding subscription;

    void begin() {
        id.clear();
        tenant.clear();
        offer = {};
        subscription = {};
    }

    [[nodiscard]] std::string guid(std::string_view text) {
        std::string result = lower_case(text);
        if (!is_guid(result))
            reader_.mistake("M0.5",
                            fmt::format("{} is no GUID: 32 hexadecimal digits, 8-4-4-4-12", quoted(text)));
        return result;
    }

    void add_user(std::string_view text) {
        const std::string user = guid(text);
        if (std::ranges::find(subscription.users, user) != subscription.users.end())
            reader_.mistake("M0.5", fmt::format("the user {} is listed twice", quoted(text)));
        subscription.users.push_back(user);
    }

    void end_programme() {
        known("programme", scenario_.programmes.size(),
              [&](std::size_t i) -> std::string_view { return scenario_.programmes[i].id; });
        keep("programme", binding.programmes, channel);
    }
    void end_customer() {
        known("customer", scenario_.customers.size(),
              [&](std::size_t i) { return scenario_.id(CustomerIndex(i)); });
        unique("tenant", tenant);
        keep("customer", binding.customers, tenant);
    }
    void end_offer() {
        known("offer", scenario_.offers.size(),
              [&](std::size_t i) -> std::string_view { return scenario_.offers[i].id; });
        keep("offer", binding.offers, offer);
    }
    void end_subscription() {
        if (subscription.route == MoveRoute::migration) routes_.emplace(id, reader_.position());
        known("subscription", scenario_.subscriptions.size(),
              [&](std::size_t i) { return scenario_.id(SubscriptionIndex(i)); });
        unique("subscription", subscription.live_id);
        if (subscription.all_holders && !subscription.users.empty())
            reader_.mistake_in("users", "M0.5", "the users are listed, or are all holders: not both");
        keep("subscription", binding.subscriptions, subscription);
    }
    /// What can only be judged when all is read: programmes may come after subscriptions.
    void judge_routes(const std::string& file, Diagnostics& diagnostics) const {
        for (const RouteMistake& mistake : route_mistakes(scenario_, binding)) {
            Place place;
            place.file = file;
            place.pointer = fmt::format("/subscriptions/{}/route",
                                        routes_.at(std::string(scenario_.id(mistake.subscription))));
            diagnostics.error("M0.5", std::move(place), mistake.message);
        }
    }

  private:
    template <class IdOf>
    void known(std::string_view kind, std::size_t count, IdOf id_of) {
        if (reader_.is_spoiled()) return;
        for (std::size_t i = 0; i < count; ++i)
            if (id_of(i) == id) return;
        reader_.mistake_in("id", "M0.5", fmt::format("the scenario has no {} {}", kind, termwise::quoted(id)),
                           suggestions_.nearest(id, count, id_of));
    }
    void unique(std::string_view kind, const std::string& live) {
        if (reader_.is_spoiled() || live.empty()) return;
        if (!live_.insert(fmt::format("{} {}", kind, live)).second)
            reader_.mistake("M0.5", fmt::format("the {} {} is bound twice", kind, termwise::quoted(live)));
    }
    template <class T>
    void keep(std::string_view kind, std::map<std::string, T>& all, const T& value) {
        if (reader_.is_spoiled()) return;
        if (!all.emplace(id, value).second)
            reader_.mistake_in("id", "M0.5",
                               fmt::format("the {} {} is listed twice", kind, termwise::quoted(id)));
    }

    const Scenario& scenario_;
    JsonReader& reader_;
    std::set<std::string> live_;
    std::map<std::string, std::int32_t> routes_;  // position in the list, of those that are migrated
    Suggestions suggestions_;
};

BindingSink& in(void* sink) { return *static_cast<BindingSink*>(sink); }
void begin(void* sink) { in(sink).begin(); }
void ignore(void*, const Value&) {}

constexpr std::array<std::string_view, 1> kFormats{"termwise-binding/1"};
constexpr Scalar kFormat = scalars::one_of(kFormats, "\"termwise-binding/1\"", "M0.5");
constexpr Scalar kRoute = scalars::one_of(kRouteNames, "\"purchase\" or \"migration\"", "M0.5");
constexpr Scalar kChannel = scalars::one_of(kChannelNames, "\"legacy-csp\", \"nce\" or \"person\"", "M0.5");

constexpr Field kIdField{"id", required, {scalars::kId, [](void* s, const Value& v) { in(s).id = v.text; }}};

constexpr std::array kProgrammeFields{
    kIdField, Field{"channel", required, {kChannel, [](void* s, const Value& v) {
                                              in(s).channel = static_cast<Channel>(v.word);
                                          }}}};
constexpr ObjectShape kProgramme("M0.5", kProgrammeFields, begin, [](void* s) { in(s).end_programme(); });
constexpr ListShape kProgrammes{"M0.5", kProgramme};

constexpr std::array kCustomerFields{kIdField,
                                     Field{"tenant", required, {scalars::kId, [](void* s, const Value& v) {
                                                                    in(s).tenant = in(s).guid(v.text);
                                                                }}}};
constexpr ObjectShape kCustomer("M0.5", kCustomerFields, begin, [](void* s) { in(s).end_customer(); });
constexpr ListShape kCustomers{"M0.5", kCustomer};

constexpr std::array kOfferFields{
    kIdField,
    Field{"product", optional, {scalars::kId, [](void* s, const Value& v) { in(s).offer.product = v.text; }}},
    Field{"sku", optional, {scalars::kId, [](void* s, const Value& v) { in(s).offer.sku = v.text; }}},
    Field{"segment", optional, {scalars::kId, [](void* s, const Value& v) { in(s).offer.segment = v.text; }}},
    Field{"offer_id",
          optional,
          {scalars::kId, [](void* s, const Value& v) { in(s).offer.offer_id = in(s).guid(v.text); }}},
    Field{"licence_sku", optional, {scalars::kId, [](void* s, const Value& v) {
                                        in(s).offer.licence_sku = in(s).guid(v.text);
                                    }}}};
constexpr ObjectShape kOffer("M0.5", kOfferFields, begin, [](void* s) { in(s).end_offer(); });
constexpr ListShape kOffers{"M0.5", kOffer};

constexpr ListShape kUsers{"M0.5",
                           Slot(scalars::kId, [](void* s, const Value& v) { in(s).add_user(v.text); })};
constexpr std::array kSubscriptionFields{
    kIdField,
    Field{"live_id",
          optional,
          {scalars::kId, [](void* s, const Value& v) { in(s).subscription.live_id = lower_case(v.text); }}},
    Field{"all_holders",
          optional,
          {scalars::kBoolean, [](void* s, const Value& v) { in(s).subscription.all_holders = v.boolean; }}},
    Field{"users", optional, kUsers}, Field{"route", optional, {kRoute, [](void* s, const Value& v) {
                                                                    in(s).subscription.route =
                                                                        static_cast<MoveRoute>(v.word);
                                                                }}}};
constexpr ObjectShape kSubscription("M0.5", kSubscriptionFields, begin,
                                    [](void* s) { in(s).end_subscription(); });
constexpr ListShape kSubscriptions{"M0.5", kSubscription};

constexpr std::array kFields{
    Field{"format", required, {kFormat, ignore}},
    Field{"partner_tenant",
          required,
          {scalars::kId, [](void* s, const Value& v) { in(s).binding.partner_tenant = in(s).guid(v.text); }}},
    Field{
        "country", required, {scalars::kId, [](void* s, const Value& v) { in(s).binding.country = v.text; }}},
    Field{"programmes", required, kProgrammes},
    Field{"customers", required, kCustomers},
    Field{"offers", required, kOffers},
    Field{"subscriptions", required, kSubscriptions}};
constexpr ObjectShape kBinding("M0.5", kFields);

std::optional<Binding> read(Source& source, const Scenario& scenario, Diagnostics& diagnostics) {
    JsonReader reader(source, diagnostics);
    BindingSink sink(scenario, reader);
    if (reader.read(kBinding, &sink) != ReadOutcome::good) return std::nullopt;
    sink.judge_routes(source.name(), diagnostics);
    if (diagnostics.has_errors()) return std::nullopt;
    return std::move(sink.binding);
}

}  // namespace

std::optional<Binding> read_binding(const std::string& path, const Scenario& scenario,
                                    Diagnostics& diagnostics) {
    std::optional<Binding> binding;
    if (auto source = Source::open(path, {}, diagnostics)) binding = read(*source, scenario, diagnostics);
    locate(diagnostics);
    diagnostics.sort();
    return binding;
}

std::optional<Binding> read_binding_text(std::string_view json, const std::string& name,
                                         const Scenario& scenario, Diagnostics& diagnostics) {
    Source source = Source::of_text(json, name);
    std::optional<Binding> binding = read(source, scenario, diagnostics);
    locate_in(json, name, diagnostics);
    diagnostics.sort();
    return binding;
}

void write_binding(const Binding& binding, const TextSink& sink) {
    JsonWriter out(JsonWriter::Layout::indented, sink);
    const auto unless_empty = [&](std::string_view name, const std::string& text) {
        if (!text.empty()) out.field(name, std::string_view(text));
    };
    out.begin_object();
    out.field("format", kFormats.front());
    out.field("partner_tenant", std::string_view(binding.partner_tenant));
    out.field("country", std::string_view(binding.country));
    out.key("programmes").begin_list();
    for (const auto& [id, channel] : binding.programmes)
        out.begin_object()
            .field("id", std::string_view(id))
            .field("channel", kChannelNames[static_cast<std::size_t>(channel)])
            .end_object();
    out.end_list();
    out.key("customers").begin_list();
    for (const auto& [id, tenant] : binding.customers)
        out.begin_object()
            .field("id", std::string_view(id))
            .field("tenant", std::string_view(tenant))
            .end_object();
    out.end_list();
    out.key("offers").begin_list();
    for (const auto& [id, offer] : binding.offers) {
        out.begin_object().field("id", std::string_view(id));
        unless_empty("product", offer.product);
        unless_empty("sku", offer.sku);
        unless_empty("segment", offer.segment);
        unless_empty("offer_id", offer.offer_id);
        unless_empty("licence_sku", offer.licence_sku);
        out.end_object();
    }
    out.end_list();
    out.key("subscriptions").begin_list();
    for (const auto& [id, subscription] : binding.subscriptions) {
        out.begin_object().field("id", std::string_view(id));
        unless_empty("live_id", subscription.live_id);
        if (subscription.all_holders) out.field("all_holders", true);
        if (!subscription.users.empty()) {
            out.key("users").begin_list();
            for (const std::string& user : subscription.users) out.value(std::string_view(user));
            out.end_list();
        }
        if (subscription.route != MoveRoute::purchase)
            out.field("route", kRouteNames[static_cast<std::size_t>(subscription.route)]);
        out.end_object();
    }
    out.end_list();
    out.end_object();
    out.finish();
}

}  // namespace termwise
