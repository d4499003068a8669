// SHA-256 of text that comes in pieces (OpenSSL).
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace termwise {

class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view text);
    /// 64 lower-case hex digits; nothing may be added afterwards.
    [[nodiscard]] std::string hex();

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace termwise
