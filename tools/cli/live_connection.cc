#include "cli/live_connection.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/guid.h"
#include "cli/approved.h"
#include "cli/secrets.h"
#include "formats/output.h"
#include "live/url.h"

namespace termwise::cli {

void add_connection(CLI::App& verb, ConnectionOptions& options) {
    verb.add_option("--secrets", options.secrets,
                    "JSON file, mode 0600, with client_id, client_secret, refresh_token; by default from "
                    "TERMWISE_CLIENT_ID, TERMWISE_CLIENT_SECRET, TERMWISE_REFRESH_TOKEN")
        ->type_name("FILE");
    verb.add_option("--base-url", options.base_url, "Partner Center's API")
        ->type_name("URL")
        ->capture_default_str();
    verb.add_option("--authority", options.authority, "where tokens come from")
        ->type_name("URL")
        ->capture_default_str();
    verb.add_option("--ca-file", options.ca_file, "certificates to trust in place of the system's")
        ->type_name("FILE");
}

std::unique_ptr<LiveConnection> LiveConnection::open(const ConnectionOptions& options,
                                                     std::string partner_tenant, std::string country,
                                                     LiveClock& clock) {
    for (const std::string& url : {options.base_url, options.authority})
        if (!live::is_safe_origin(url)) {
            fmt::print(stderr, "{}: only https is spoken, or http with this machine\n", url);
            return nullptr;
        }
    std::optional<live::Credentials> secret = read_credentials(options.secrets);
    if (!secret) return nullptr;
    CurlSettings curl;
    curl.ca_file = options.ca_file;
    std::unique_ptr<LiveConnection> made(new LiveConnection(std::move(curl)));
    live::TokenSettings settings;
    settings.authority = options.authority;
    settings.partner_tenant = partner_tenant;
    settings.user_resource = live::PartnerCenterSettings{}.base_url;
    const auto keep = [path = options.secrets, kept = *secret](const std::string& next) {
        if (path.empty()) return;
        try {
            keep_refresh_token(path, kept, next);
        } catch (const OutputError& error) {
            // It is good for this run; the old one is, for the next, as long as the service takes it.
            fmt::print(stderr, "warning: a new refresh token could not be kept: {}\n", error.what());
        }
    };
    made->tokens_.emplace(
        made->transport_, std::move(settings), std::move(*secret), [&clock] { return clock.now(); }, keep);
    const std::string start = fmt::format("{} {} {}", partner_tenant, machine_time().seconds, ::getpid());
    made->center_.emplace(made->transport_, *made->tokens_,
                          live::PartnerCenterSettings{options.base_url, std::move(country)},
                          [start, count = &made->guids_] {
                              return guid_from(sha256_of(fmt::format("{} {}", start, ++*count)));
                          });
    return made;
}

}  // namespace termwise::cli
