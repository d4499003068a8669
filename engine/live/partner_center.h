// Partner Center as a Remote: each call of the executor as a request of its REST API, and what comes back as
// plain values. Knows the API's paths, bodies and traps (partner-center reference 2 and 3); decides nothing.
#pragma once

#include <functional>
#include <string>

#include "execution/remote.h"
#include "live/http.h"
#include "live/json_access.h"
#include "live/token.h"

namespace termwise::live {

struct PartnerCenterSettings {
    std::string base_url = "https://api.partnercenter.microsoft.com";  ///< without "/v1"
    std::string country;                                               ///< of the catalogue, "DE"
};

class PartnerCenter final : public Remote {
  public:
    /// `new_guid` gives the ids of calls that only read.
    PartnerCenter(Transport& transport, TokenSource& tokens, PartnerCenterSettings settings,
                  std::function<std::string()> new_guid);

    /// Whether one is let in, also for what takes a user with a second factor; whether the service answers,
    /// and what time it has. The cheapest call there is.
    [[nodiscard]] ReplyNote look();

    /// All customers of the partner, for whoever binds a scenario.
    [[nodiscard]] Reply<std::vector<LiveCustomerRow>> list_customers();

    [[nodiscard]] Reply<std::string> invitation_link() override;
    [[nodiscard]] Reply<LiveCustomer> read_customer(const std::string& tenant) override;
    [[nodiscard]] Reply<bool> has_agreement(const std::string& tenant) override;
    [[nodiscard]] Reply<std::vector<LiveSubscription>> list_subscriptions(const std::string& tenant) override;
    [[nodiscard]] Reply<LiveSubscription> read_subscription(const std::string& tenant,
                                                            const std::string& id) override;
    [[nodiscard]] Reply<CatalogueItem> resolve_item(const std::string& tenant, const OfferBinding& offer,
                                                    TermBilling sold_as) override;
    [[nodiscard]] Reply<LiveCart> read_cart(const std::string& tenant, const std::string& cart) override;
    [[nodiscard]] Reply<LiveOrder> read_order(const std::string& tenant, const std::string& order) override;
    [[nodiscard]] Reply<std::vector<LiveOrder>> list_orders(const std::string& tenant) override;
    [[nodiscard]] Reply<Provisioning> read_provisioning(const std::string& tenant,
                                                        const std::string& subscription) override;
    [[nodiscard]] Reply<std::vector<std::string>> list_users(const std::string& tenant) override;
    [[nodiscard]] Reply<LiveUser> read_user(const std::string& tenant, const std::string& user) override;
    [[nodiscard]] Reply<std::vector<LiveStock>> list_stock(const std::string& tenant) override;
    [[nodiscard]] Reply<LiveCart> create_cart(const std::string& tenant, const CartLine& line,
                                              const CallId& id) override;
    [[nodiscard]] Reply<LiveOrder> checkout(const std::string& tenant, const std::string& cart,
                                            const CallId& id) override;
    [[nodiscard]] Reply<bool> change_subscription(const std::string& tenant, const LiveSubscription& as_read,
                                                  SubscriptionChange change, const CallId& id) override;
    [[nodiscard]] Reply<std::string> update_licences(const std::string& tenant, const std::string& user,
                                                     const LicenceChange& change, const CallId& id) override;
    [[nodiscard]] Reply<MigrationEligibility> check_migration(const std::string& tenant,
                                                              const MigrationRequest& request) override;
    [[nodiscard]] Reply<std::vector<LiveMigration>> list_migrations(const std::string& tenant,
                                                                    const std::string& subscription) override;
    [[nodiscard]] Reply<LiveMigration> read_migration(const std::string& tenant,
                                                      const std::string& id) override;
    [[nodiscard]] Reply<std::vector<LiveSchedule>> list_schedules(const std::string& tenant,
                                                                  const std::string& subscription) override;
    [[nodiscard]] Reply<LiveSchedule> read_schedule(const std::string& tenant,
                                                    const std::string& id) override;
    [[nodiscard]] Reply<LiveMigration> start_migration(const std::string& tenant,
                                                       const MigrationRequest& request,
                                                       const CallId& id) override;
    [[nodiscard]] Reply<LiveSchedule> schedule_migration(const std::string& tenant,
                                                         const MigrationRequest& request,
                                                         std::optional<Instant> target,
                                                         const CallId& id) override;

  private:
    /// A call and its body, parsed. An answer that should hold JSON and does not counts as the server's
    /// failure.
    struct Call {
        std::string method = "GET";
        std::string path;  ///< after "/v1", encoded
        TokenKind token = TokenKind::app;
        std::string body;
        const CallId* id = nullptr;  ///< null: a call that only reads
        std::vector<HttpHeader> headers;
        bool answers_with_json = true;
    };
    struct Answer : ReplyNote {
        Json body;
        std::vector<HttpHeader> headers;
    };
    [[nodiscard]] Answer send(const Call& call);
    [[nodiscard]] Answer read(std::string path, TokenKind token);
    /// More pages than the largest list could fill: one that goes on without end is no list.
    static constexpr std::size_t kMostPages = 2'000;
    /// All rows of a collection that comes in pages.
    [[nodiscard]] Answer read_pages(std::string path, TokenKind token);
    /// The same of lists of migrations: bare, and the next page is named by a header of the answer.
    [[nodiscard]] Answer read_migrations(const std::string& path, const std::string& tenant,
                                         const std::string& subscription);
    [[nodiscard]] Answer ask_for_migration(const std::string& tenant, std::string_view below,
                                           const Json& body, const CallId* id);

    Transport& transport_;
    TokenSource& tokens_;
    PartnerCenterSettings settings_;
    std::function<std::string()> new_guid_;
};

}  // namespace termwise::live
