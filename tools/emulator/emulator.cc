#include "emulator/emulator.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "emulator/api.h"
#include "emulator/billing.h"
#include "emulator/checks.h"
#include "emulator/lifecycle.h"
#include "emulator/people.h"

namespace termwise::emulator {
namespace {

Tenant& tenant_at(World& world, std::string_view id) {
    Tenant* const tenant = world.tenant(lower(id));
    if (tenant == nullptr) throw std::invalid_argument(fmt::format("there is no customer tenant \"{}\"", id));
    return *tenant;
}

Sub& sub_at(World& world, std::string_view id) {
    Sub* const sub = world.sub(lower(id));
    if (sub == nullptr) throw std::invalid_argument(fmt::format("there is no subscription \"{}\"", id));
    return *sub;
}

User& user_at(Tenant& tenant, std::string_view id) {
    const auto found = std::ranges::find(tenant.users, lower(id), &User::id);
    if (found == tenant.users.end())
        throw std::invalid_argument(fmt::format("there is no user \"{}\" in tenant {}", id, tenant.id));
    return *found;
}

/// Whether a term of the subscription, as it runs now, ends with that day's first moment.
bool is_term_end(const Sub& sub, Instant when) {
    const Day day = day_of(when);
    return when == start_of(day) && day >= running_term(sub).to &&
           Boundaries(sub.anchor, sub.sold_as.term).has(day);
}

}  // namespace

void seats_changed_by_other(World& world, Sub& sub, std::int32_t seats) {
    change_quantity(world, sub, seats);
    review_access(world, *world.tenant(sub.customer));
}

void delete_user_by_other(World& world, Tenant& tenant, const std::string& user) {
    const auto found = std::ranges::find(tenant.users, user, &User::id);
    if (found == tenant.users.end()) return;
    found->deleted = true;
    review_access(world, tenant);
}

Emulator::Emulator(const Scenario& scenario, Options options)
    : world_(std::make_unique<World>(make_world(scenario, std::move(options)))) {}
Emulator::Emulator(const Emulator& other) : world_(std::make_unique<World>(*other.world_)) {}
Emulator& Emulator::operator=(const Emulator& other) {
    if (this != &other) world_ = std::make_unique<World>(*other.world_);
    return *this;
}
Emulator::Emulator(Emulator&& other) noexcept = default;
Emulator& Emulator::operator=(Emulator&& other) noexcept = default;
Emulator::~Emulator() = default;

const Binding& Emulator::binding() const { return world_->binding; }
const Options& Emulator::options() const { return world_->options; }
void Emulator::set_options(const Options& options) {
    const std::uint64_t seed = world_->options.seed;
    world_->options = options;
    world_->options.seed = seed;  // ids stay what they are
}

Credentials Emulator::credentials() const {
    const std::uint64_t seed = world_->options.seed;
    return {world_->binding.partner_tenant, guid_of(seed, "client", ""), guid_of(seed, "client secret", ""),
            guid_of(seed, "refresh token", "0")};
}

Reply Emulator::answer(const HttpRequest& request) { return answer_call(*world_, request); }

HttpOutcome Emulator::handle(const HttpRequest& request) {
    Reply reply = answer(request);
    if (reply.no_answer)
        return {std::nullopt, NoAnswer::reset, "the connection was closed before an answer came"};
    if (reply.delay_seconds > 0) return {std::nullopt, NoAnswer::timed_out, "no answer in time"};
    if (reply.garbage) return {std::nullopt, NoAnswer::malformed, "the answer is not HTTP"};
    if (reply.cut_body)
        return {std::nullopt, NoAnswer::truncated,
                fmt::format("the answer ended after {} bytes of its body", *reply.cut_body)};
    return {std::move(reply.response), NoAnswer::reset, {}};
}

Instant Emulator::now() const { return world_->now; }

void Emulator::advance_to(Instant when) {
    World& world = *world_;
    if (when < world.now)
        throw std::invalid_argument(fmt::format("the clock stands at {} and does not go back to {}",
                                                to_text(world.now), to_text(when)));
    while (!world.events.empty() && world.events.begin()->first.first <= when.seconds) {
        const auto first = world.events.begin();
        world.now = {std::max(world.now.seconds, first->first.first)};
        const Event event = first->second;
        world.events.erase(first);
        carry_out(world, event);
    }
    world.now = when;
}

std::optional<Instant> Emulator::next_event() const {
    if (world_->events.empty()) return std::nullopt;
    return Instant{world_->events.begin()->first.first};
}

void Emulator::accept_invitation(std::string_view customer_tenant, bool delegated_rights) {
    World& world = *world_;
    Tenant& tenant = tenant_at(world, customer_tenant);
    if (tenant.accepted) return;
    tenant.accepted = true;
    tenant.delegated = delegated_rights;
    world.schedule(world.now + world.options.visibility_delay,
                   {EventKind::customer_listed, tenant.id, {}, 0, 0});
}

void Emulator::sign_agreement(std::string_view customer_tenant) {
    tenant_at(*world_, customer_tenant).direct_signed = true;
}

void Emulator::grant_delegated_rights(std::string_view customer_tenant) {
    tenant_at(*world_, customer_tenant).delegated = true;
}

void Emulator::end_by_person(std::string_view subscription, Instant when) {
    World& world = *world_;
    Sub& sub = sub_at(world, subscription);
    when = std::max(when, world.now);
    // Whoever wants it to lapse has said so before its term ends.
    const bool lapses = is_term_end(sub, when) && when > world.now;
    const Event event{EventKind::person_ends, sub.id, {}, lapses ? kLapses : 0, 0};
    if (when == world.now)
        carry_out(world, event);
    else
        world.schedule(lapses ? std::max(world.now, when - 1) : when, event);
}

void Emulator::renew_by_person(std::string_view subscription) {
    sub_at(*world_, subscription).renews_by_hand = true;
}

void Emulator::assign_by_person(std::string_view customer_tenant, std::string_view user, std::string_view sku,
                                bool has, std::vector<std::string> services_off) {
    Tenant& tenant = tenant_at(*world_, customer_tenant);
    User& person = user_at(tenant, user);
    if (has)
        give_licence(*world_, person, lower(sku), std::move(services_off));
    else
        person.licences.erase(lower(sku));
    review_access(*world_, tenant);
}

void Emulator::assign_through_group(std::string_view customer_tenant, std::string_view user,
                                    std::string_view sku) {
    assign_by_person(customer_tenant, user, sku, true);
    user_at(tenant_at(*world_, customer_tenant), user).licences.at(lower(sku)).through_group = true;
}

void Emulator::change_seats(std::string_view subscription, std::int32_t seats) {
    if (seats < 1) throw std::invalid_argument("a subscription has at least one seat");
    seats_changed_by_other(*world_, sub_at(*world_, subscription), seats);
}

void Emulator::suspend_by_other(std::string_view subscription) {
    Sub& sub = sub_at(*world_, subscription);
    if (sub.status == Status::active) suspend(*world_, sub, "CustomerCancellation");
}

void Emulator::set_auto_renew_by_other(std::string_view subscription, bool on) {
    Sub& sub = sub_at(*world_, subscription);
    sub.auto_renew = on;
    ++sub.version;
}

void Emulator::relationship_gone(std::string_view customer_tenant) {
    Tenant& tenant = tenant_at(*world_, customer_tenant);
    tenant.related = tenant.accepted = tenant.delegated = false;
}

void Emulator::delete_user(std::string_view customer_tenant, std::string_view user) {
    Tenant& tenant = tenant_at(*world_, customer_tenant);
    delete_user_by_other(*world_, tenant, user_at(tenant, user).id);
}

void Emulator::rotate_availabilities() { ++world_->rotation; }

void Emulator::set_validation_status(std::string_view customer_tenant, std::string_view status) {
    tenant_at(*world_, customer_tenant).validation = status;
}

void Emulator::set_multi_factor(bool shown) { world_->multi_factor = shown; }

void Emulator::inject(const Fault& fault) { world_->faults.push_back({fault, 0, 0}); }

std::size_t Emulator::faults_left() const {
    return static_cast<std::size_t>(std::ranges::count_if(world_->faults, [](const ArmedFault& armed) {
        return armed.fault.times == 0 || armed.struck < armed.fault.times;
    }));
}

void Emulator::clear_faults() { world_->faults.clear(); }

const Ledgers& Emulator::ledgers() const {
    for (const auto& [id, sub] : world_->subs)
        world_->ledgers.lives[sub.life].status = status_word(sub.status);
    return world_->ledgers;
}

std::vector<std::string> Emulator::violations() const {
    std::vector<std::string> all = world_->violations;
    for (std::string& more : unmatched_purchases(*world_)) all.push_back(std::move(more));
    return all;
}

}  // namespace termwise::emulator
