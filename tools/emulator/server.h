// The emulator behind a port of this machine, for clients of any kind: HTTP/1.1, or HTTPS with a certificate
// that is given. It listens on loopback addresses alone and answers nobody else.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "emulator/emulator.h"

namespace termwise::emulator {

struct Certificate {
    std::string chain;  ///< PEM files
    std::string key;
};

class Server {
  public:
    /// Listens on 127.0.0.1, and on ::1 if this machine has it, at `port` (0: one that is free). The emulator
    /// must outlive it. Throws std::runtime_error if it cannot.
    Server(Emulator& emulator, std::uint16_t port, const std::optional<Certificate>& certificate);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// "http://127.0.0.1:8080", or "https://localhost:8080".
    [[nodiscard]] std::string base_url() const;

    /// Answers until `stop`; calls are answered one after the other, those that are slow by a fault do not
    /// hold up the others.
    void run(const std::atomic<bool>& stop);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace termwise::emulator
