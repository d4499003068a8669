// A Partner Center for tests and rehearsals, in this process: one partner's tenant, seeded from a scenario,
// with a clock of its own. It answers as the documents say, goes wrong as it is told to (fault.h), and keeps
// books of what was done to it (ledgers.h). Nothing in it depends on the machine's clock or on the order in
// which ids are asked for: same scenario, options, calls and moves of the clock, same answers to the byte.
//
// Not thread-safe. Copies are worlds of their own that go on from the same state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "emulator/fault.h"
#include "emulator/ledgers.h"
#include "emulator/options.h"
#include "execution/binding.h"
#include "live/http.h"
#include "model/scenario.h"

namespace termwise::emulator {

/// What a client must know to get tokens here.
struct Credentials {
    std::string tenant;  ///< the partner's
    std::string client_id;
    std::string client_secret;
    std::string refresh_token;  ///< good at the beginning, with multi-factor authentication
};

/// An answer and what the wire does to it, for a server that has a wire.
struct Reply {
    HttpResponse response;
    std::int64_t delay_seconds = 0;       ///< before the first byte
    std::optional<std::size_t> cut_body;  ///< the connection breaks after so many bytes of the body
    bool no_answer = false;               ///< the connection breaks before the first byte
    bool garbage = false;                 ///< the body is what is sent, and nothing around it
};

struct World;

class Emulator {
  public:
    /// The scenario must outlive the emulator and its copies. Its clock begins with the horizon's first day,
    /// 00:00 UTC. There are: customers, pending ones not visible before they accept; the subscriptions of the
    /// scenario; a user for each seat; the catalogue. Throws std::invalid_argument where the scenario moves
    /// subscriptions to a programme that is not `nce`.
    explicit Emulator(const Scenario& scenario, Options options = {});
    Emulator(const Emulator& other);
    Emulator& operator=(const Emulator& other);
    Emulator(Emulator&& other) noexcept;
    Emulator& operator=(Emulator&& other) noexcept;
    ~Emulator();

    /// What ties the scenario to this world. Subscriptions name their users one by one.
    [[nodiscard]] const Binding& binding() const;
    [[nodiscard]] Credentials credentials() const;
    [[nodiscard]] const Options& options() const;
    /// From now on; what has begun goes on as it began.
    void set_options(const Options& options);

    /// Answers at now(), whatever host the URL names; time does not pass.
    [[nodiscard]] HttpOutcome handle(const HttpRequest& request);
    [[nodiscard]] Reply answer(const HttpRequest& request);

    [[nodiscard]] Instant now() const;
    /// Carries out everything that falls due on the way, in order. Throws std::invalid_argument if it would
    /// have to go back.
    void advance_to(Instant when);
    /// When something falls due next; none: never.
    [[nodiscard]] std::optional<Instant> next_event() const;

    // People, outside of the API. All of these throw std::invalid_argument for an id that there is not.
    void accept_invitation(std::string_view customer_tenant, bool delegated_rights = true);
    void sign_agreement(std::string_view customer_tenant);
    void grant_delegated_rights(std::string_view customer_tenant);
    /// Somebody ends a subscription, of whatever programme, by hand: on `when`, now or later. If that is the
    /// first moment of a term's end it lapses there, else it is cancelled then.
    void end_by_person(std::string_view subscription, Instant when);
    /// A subscription that does not renew by itself is renewed by hand at the end of its current term.
    void renew_by_person(std::string_view subscription);
    /// A customer's own administrator gives a user a licence, with those services of it switched off, or
    /// takes it.
    void assign_by_person(std::string_view customer_tenant, std::string_view user, std::string_view sku,
                          bool has, std::vector<std::string> services_off = {});
    /// The user's licence comes through a group from now on: in use, and not to be seen.
    void assign_through_group(std::string_view customer_tenant, std::string_view user, std::string_view sku);

    // Others who work in the same tenant.
    void change_seats(std::string_view subscription, std::int32_t seats);
    void suspend_by_other(std::string_view subscription);
    void set_auto_renew_by_other(std::string_view subscription, bool on);
    void relationship_gone(std::string_view customer_tenant);
    void delete_user(std::string_view customer_tenant, std::string_view user);
    void rotate_availabilities();
    /// "Allowed", "UnderReview", ...; empty: there is no record.
    void set_validation_status(std::string_view customer_tenant, std::string_view status);
    /// Tokens got by refresh tokens show multi-factor authentication, or not.
    void set_multi_factor(bool shown);

    void inject(const Fault& fault);
    /// How many faults are still to strike.
    [[nodiscard]] std::size_t faults_left() const;
    void clear_faults();

    /// Up to now().
    [[nodiscard]] const Ledgers& ledgers() const;
    /// What no good client does, in order: README.md lists the rules.
    [[nodiscard]] std::vector<std::string> violations() const;

  private:
    std::unique_ptr<World> world_;
};

/// The same as a transport. The emulator must outlive it.
class EmulatorTransport : public Transport {
  public:
    explicit EmulatorTransport(Emulator& emulator) : emulator_(emulator) {}
    [[nodiscard]] HttpOutcome send(const HttpRequest& request) override { return emulator_.handle(request); }

  private:
    Emulator& emulator_;
};

}  // namespace termwise::emulator
