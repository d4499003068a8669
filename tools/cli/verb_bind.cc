// termwise bind SCENARIO: ties a scenario to a partner's tenant, as far as reading it can.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/guid.h"
#include "cli/approved.h"
#include "cli/live_connection.h"
#include "cli/stop.h"
#include "cli/text_table.h"
#include "emulator/in_process.h"
#include "execution/complete_binding.h"
#include "execution/complete_routes.h"
#include "execution/paced_remote.h"
#include "execution/route.h"
#include "formats/binding_file.h"
#include "formats/output.h"
#include "formats/scenario_reader.h"
#include "formats/suggestions.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    ConnectionOptions connection;
    std::string from, output;
    bool emulator = false;
    bool no_users = false;
    std::vector<std::string> migrate;
    int attempts = 5;
};

/// What is not clear, for people.
void tell(const Options& options, const std::vector<std::string>& open) {
    if (options.common.quiet) return;
    for (const std::string& what : open) fmt::print(stderr, "open: {}\n", what);
}

/// Whether every name that --migrate gives is one of `scenario`; else all mistakes are said.
bool are_known(const Options& options, const Scenario& scenario) {
    bool known = true;
    Suggestions suggestions;
    for (const std::string& name : options.migrate) {
        if (name == "all" || !scenario.find_subscription(name).none()) continue;
        known = false;
        const std::string nearest =
            suggestions.nearest(name, scenario.subscriptions.size(),
                                [&](std::size_t i) { return scenario.id(SubscriptionIndex(i)); });
        fmt::print(stderr, "--migrate: the scenario has no subscription \"{}\"{}\n", name,
                   nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest));
    }
    return known;
}

/// Sends what was asked for the migration route; says what could be, where nothing was.
int bind_routes(const Options& options, const Scenario& scenario, const AskEligibility& ask,
                Binding& binding) {
    const std::vector<SubscriptionIndex> possible = may_be_migrated(scenario, binding);
    std::vector<std::string> open;
    if (options.migrate.empty()) {
        if (!possible.empty() && !options.common.quiet)
            fmt::print(stderr,
                       "{} could be migrated by the service instead of bought anew, where it finds that "
                       "eligible: --migrate all, or --migrate {}\n",
                       counted(static_cast<std::int64_t>(possible.size()), "subscription"),
                       scenario.id(possible.front()));
        return kDone;
    }
    std::vector<SubscriptionIndex> wanted;
    for (const std::string& name : options.migrate) {
        if (name == "all") {
            wanted.insert(wanted.end(), possible.begin(), possible.end());
            continue;
        }
        const SubscriptionIndex own = scenario.find_subscription(name);
        if (std::ranges::find(possible, own) != possible.end())
            wanted.push_back(own);
        else if (!is_migrated(scenario, binding, own))
            open.push_back(fmt::format(
                "the subscription \"{}\" is not migrated: only one that is bound can be, and whose programme "
                "has the channel legacy-csp",
                name));
    }
    std::ranges::sort(wanted);
    const auto repeated = std::ranges::unique(wanted);
    wanted.erase(repeated.begin(), repeated.end());
    const bool answered = complete_routes(scenario, wanted, ask, binding, open);
    tell(options, open);
    return answered ? kDone : kFailed;
}

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
    tell(options, open);
    return bind_routes(
        options, scenario,
        [&](const std::string& tenant, const MigrationRequest& request) {
            return read<MigrationEligibility>(
                "eligibility of " + request.base.subscription,
                [&] { return center.check_migration(tenant, request); }, clock, options.attempts);
        },
        binding);
}

/// The ids of the emulated world, and what it says of migrations on its first day.
int bind_emulated(const Options& options, const Scenario& scenario, Binding& binding) {
    emulator::Emulator world(scenario);
    binding = world.binding();
    int asked = 0;
    emulator::InProcessCenter client(world,
                                     [&] { return guid_from(sha256_of(fmt::format("bind {}", asked++))); });
    return bind_routes(
        options, scenario,
        [&](const std::string& tenant, const MigrationRequest& request) {
            const Reply<MigrationEligibility> reply = client.center().check_migration(tenant, request);
            return reply.ok() ? std::optional(reply.value) : std::nullopt;
        },
        binding);
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
    if (!scenario || diagnostics.has_errors() || !are_known(options, *scenario)) return kWrongInput;
    if (options.emulator) {
        if (const int status = bind_emulated(options, *scenario, binding); status != kDone) return status;
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
    verb->add_option(
            "--migrate", options->migrate,
            "a subscription of the partner's own in the old programme that the service is to migrate, "
            "with its add-ons, instead of a purchase; several times, or all; what it would not migrate "
            "is said and stays to be bought")
        ->type_name("SUBSCRIPTION|all")
        ->take_all();
    add_connection(*verb, options->connection);
    verb->add_option("--attempts", options->attempts, "how often a call that is not answered is made")
        ->check(CLI::Range(1, 20))
        ->capture_default_str();
    verb->add_option("-o,--output", options->output, "binding to write; by default to standard output")
        ->type_name("FILE");
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
