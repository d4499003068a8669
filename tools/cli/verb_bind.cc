// termwise bind SCENARIO: ties a scenario to a partner's tenant, as far as reading it can.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "cli/live_connection.h"
#include "cli/stop.h"
#include "emulator/emulator.h"
#include "execution/complete_binding.h"
#include "execution/paced_remote.h"
#include "formats/binding_file.h"
#include "formats/output.h"
#include "formats/scenario_reader.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    ConnectionOptions connection;
    std::string from, output;
    bool emulator = false;
    bool no_users = false;
    int attempts = 5;
};

/// A reply's value, asked for as often as a person would.
template <class T, class Call>
std::optional<T> read(std::string_view what, Call call, LiveClock& clock, int attempts) {
    for (int attempt = 1;; ++attempt) {
        Reply<T> reply = call();
        if (reply.ok()) return std::move(reply.value);
        const bool again =
            reply.reply_class == ReplyClass::no_answer || reply.reply_class == ReplyClass::not_sent ||
            reply.reply_class == ReplyClass::transient || reply.reply_class == ReplyClass::throttled;
        if (!again || attempt >= attempts) {
            fmt::print(stderr, "{}: {} {} {}\n", what, reply_class_name(reply.reply_class), reply.code,
                       reply.text);
            return std::nullopt;
        }
        clock.wait_until(clock.now() + reply.retry_after_s.value_or(2 << attempt));
    }
}

/// The holders of each licence among all users of a customer.
std::optional<std::map<std::string, std::vector<std::string>>> holders_of(live::PartnerCenter& center,
                                                                          const std::string& tenant,
                                                                          LiveClock& clock, int attempts) {
    const auto users = read<std::vector<std::string>>(
        "users of " + tenant, [&] { return center.list_users(tenant); }, clock, attempts);
    if (!users) return std::nullopt;
    std::map<std::string, std::vector<std::string>> holders;
    for (const std::string& user : *users) {
        const auto licences = read<LiveUser>(
            "licences of " + user, [&] { return center.read_user(tenant, user); }, clock, attempts);
        if (!licences) return std::nullopt;
        for (const LiveLicence& licence : licences->licences) holders[licence.sku].push_back(user);
    }
    return holders;
}

/// Licences that are in use and that no user was found with: they come through groups, which this API does
/// not show (reference 3.15). False: reading failed.
bool tell_of_groups(live::PartnerCenter& center, const std::pair<const std::string, std::string>& tenant,
                    const std::map<std::string, std::vector<std::string>>& holders,
                    const std::map<std::string, OfferBinding>& offers, LiveClock& clock, int attempts,
                    std::vector<std::string>& open) {
    using Stock = std::vector<LiveStock>;
    const std::optional<Stock> stock = read<Stock>(
        "licences of " + tenant.first, [&] { return center.list_stock(tenant.second); }, clock, attempts);
    if (!stock) return false;
    for (const LiveStock& row : *stock) {
        const bool is_ours = std::ranges::any_of(
            offers, [&](const auto& offer) { return offer.second.licence_sku == row.licence.sku; });
        if (!is_ours) continue;
        const auto found = holders.find(row.licence.sku);
        const std::size_t shown = found == holders.end() ? 0 : found->second.size();
        if (row.consumed < 0 || static_cast<std::size_t>(row.consumed) <= shown) continue;
        open.push_back(fmt::format(
            "the customer \"{}\": {} of the licence {} are in use, and {} users were found with it. The "
            "others "
            "have it through a group, which Partner Center does not show: nothing reassigns them. A person "
            "gives the group the new licence in the customer's directory before the old subscription ends",
            tenant.first, row.consumed, row.licence.sku, shown));
    }
    return true;
}

int bind_live(const Options& options, const Scenario& scenario, Binding& binding) {
    const StopRequest stop;
    LiveClock clock([&stop] { return stop.asked().load(); }, true);
    const auto connection =
        LiveConnection::open(options.connection, binding.partner_tenant, binding.country, clock);
    if (!connection) return kWrongInput;
    live::PartnerCenter& center = connection->center();
    Pace pace{RateLimits{}};
    const PacedRemote paced(center, pace, clock);
    std::vector<std::string> open;
    using Rows = std::vector<LiveCustomerRow>;
    const std::optional<Rows> rows = read<Rows>(
        "customers", [&] { return center.list_customers(); }, clock, options.attempts);
    if (!rows) return kFailed;
    complete_customers(scenario, *rows, binding, open);
    for (std::size_t i = 0; i < scenario.customers.size() && !stop.asked().load(); ++i) {
        const CustomerIndex customer(i);
        const auto tenant = binding.customers.find(std::string(scenario.id(customer)));
        const bool is_listed =
            tenant != binding.customers.end() &&
            std::ranges::find(*rows, tenant->second, &LiveCustomerRow::tenant) != rows->end();
        if (!is_listed) continue;  // has not accepted yet: there is nothing to read
        const auto live = read<std::vector<LiveSubscription>>(
            "subscriptions of " + tenant->first, [&] { return center.list_subscriptions(tenant->second); },
            clock, options.attempts);
        if (!live) return kFailed;
        complete_subscriptions(scenario, customer, *live, binding, open);
        if (options.no_users) continue;
        std::optional<std::map<std::string, std::vector<std::string>>> holders;
        for (const Subscription& s : scenario.subscriptions_of(customer)) {
            SubscriptionBinding& bound = binding.subscriptions[std::string(scenario.texts.view(s.id))];
            const auto offer = binding.offers.find(scenario.at(s.offer).id);
            const bool known = offer != binding.offers.end() && !offer->second.licence_sku.empty();
            if (!bound.users.empty() || !known) continue;
            if (!holders) {
                holders = holders_of(center, tenant->second, clock, options.attempts);
                if (!holders ||
                    !tell_of_groups(center, *tenant, *holders, binding.offers, clock, options.attempts, open))
                    return kFailed;
            }
            bound.users = (*holders)[offer->second.licence_sku];
            bound.all_holders = false;
        }
    }
    if (stop.asked().load()) {
        fmt::print(stderr, "stopped; nothing is written\n");
        return kFailed;
    }
    // Two subscriptions of one licence share its holders: which user belongs to which, nobody can say
    // (reference 5.2).
    std::map<std::pair<std::string, std::string>, std::string> owner;  // of (licence, user)
    for (const auto& [id, bound] : binding.subscriptions) {
        const Subscription& s = scenario.at(scenario.find_subscription(id));
        const auto offer = binding.offers.find(scenario.at(s.offer).id);
        if (offer == binding.offers.end()) continue;
        for (const std::string& user : bound.users) {
            const auto [at, is_new] = owner.emplace(std::pair(offer->second.licence_sku, user), id);
            if (is_new) continue;
            open.push_back(fmt::format("the subscriptions \"{}\" and \"{}\" have the same users: divide them",
                                       at->second, id));
            break;
        }
    }
    if (!options.common.quiet)
        for (const std::string& what : open) fmt::print(stderr, "open: {}\n", what);
    return kDone;
}

int run(const Options& options) {
    Diagnostics diagnostics;
    const std::optional<Scenario> scenario =
        read_scenario(options.scenario.path, options.scenario.overrides, diagnostics);
    Binding binding;
    if (scenario && !options.from.empty()) {
        std::optional<Binding> from = read_binding(options.from, *scenario, diagnostics);
        if (from) binding = std::move(*from);
    }
    print_diagnostics(diagnostics, options.common.quiet);
    if (!scenario || diagnostics.has_errors()) return kWrongInput;
    if (options.emulator) {
        const emulator::Emulator world(*scenario);
        binding = world.binding();
    } else if (options.from.empty()) {
        fmt::print(stderr,
                   "give --from a binding with at least partner_tenant, country, programmes and offers: the "
                   "rest is read "
                   "from the tenant; or --emulator for a rehearsal's\n");
        return kUsage;
    } else if (const int status = bind_live(options, *scenario, binding); status != kDone) {
        return status;
    }
    const std::optional<std::string> output =
        options.output.empty() ? std::nullopt : std::optional(options.output);
    write_to(output, [&](const TextSink& sink) { write_binding(binding, sink); });
    if (options.common.json && output)
        write_to(std::nullopt, [&](const TextSink& sink) { write_binding(binding, sink); });
    return kDone;
}

}  // namespace

void add_bind(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "bind", "Ties a scenario's ids to those of a partner's tenant",
                 "termwise bind scenario.json --from offers.json --secrets partner.json -o binding.json",
                 options->common);
    add_scenario(*verb, options->scenario);
    verb->add_option("--from", options->from, "binding to complete: what it says stays")->type_name("FILE");
    verb->add_flag("--emulator", options->emulator,
                   "the ids of the emulated Partner Center that rehearsals use");
    verb->add_flag("--no-users", options->no_users,
                   "leave out who holds the old licences: reading that takes a call a user");
    add_connection(*verb, options->connection);
    verb->add_option("--attempts", options->attempts, "how often a call that is not answered is made")
        ->check(CLI::Range(1, 20))
        ->capture_default_str();
    verb->add_option("-o,--output", options->output, "binding to write; by default to standard output")
        ->type_name("FILE");
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
