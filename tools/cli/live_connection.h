// The way to a Partner Center: options of the verbs that go there, and what they make.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/live_clock.h"
#include "cli/verb.h"
#include "live/curl_transport.h"
#include "live/partner_center.h"

namespace termwise::cli {

struct ConnectionOptions {
    std::string secrets, ca_file;
    std::string base_url = live::PartnerCenterSettings{}.base_url;
    std::string authority = live::TokenSettings{}.authority;
};
void add_connection(CLI::App& verb, ConnectionOptions& options);

/// Sockets, tokens and calls, for one run.
class LiveConnection {
  public:
    /// Nothing, and why on standard error, if the addresses are not safe or credentials are missing.
    [[nodiscard]] static std::unique_ptr<LiveConnection> open(const ConnectionOptions& options,
                                                              std::string partner_tenant, std::string country,
                                                              LiveClock& clock);
    [[nodiscard]] live::PartnerCenter& center() { return *center_; }

  private:
    explicit LiveConnection(CurlSettings settings) : transport_(std::move(settings)) {}
    CurlTransport transport_;
    std::optional<live::TokenSource> tokens_;
    std::optional<live::PartnerCenter> center_;
    std::uint64_t guids_ = 0;
};

}  // namespace termwise::cli
