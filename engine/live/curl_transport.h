// HTTP over real sockets (libcurl): TLS verified, nothing followed to another place, nothing larger or slower
// than it may be.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "live/http.h"

namespace termwise {

struct CurlSettings {
    std::int64_t connect_timeout_ms = 20'000;
    /// The service's own client waits three minutes (partner-center reference 4.4).
    std::int64_t timeout_ms = 180'000;
    std::size_t most_body_bytes = std::size_t{32} << 20U;
    std::string ca_file;  ///< certificates to trust in place of the system's; empty: the system's
};

/// One at a time; keeps its connections. Redirects are answers like others, proxies are taken from the
/// environment as curl does. Only https, and http to this machine.
class CurlTransport final : public Transport {
  public:
    explicit CurlTransport(CurlSettings settings);
    ~CurlTransport() override;
    CurlTransport(const CurlTransport&) = delete;
    CurlTransport& operator=(const CurlTransport&) = delete;

    [[nodiscard]] HttpOutcome send(const HttpRequest& request) override;

  private:
    struct Handle;
    CurlSettings settings_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace termwise
