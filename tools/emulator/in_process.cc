#include "emulator/in_process.h"

namespace termwise::emulator {
namespace {

live::TokenSettings settings_of(const Credentials& secret) {
    live::TokenSettings settings;
    settings.authority = "https://emulator.invalid";
    settings.partner_tenant = secret.tenant;
    return settings;
}

live::Credentials credentials_of(const Credentials& secret) {
    return {secret.client_id, secret.client_secret, secret.refresh_token};
}

}  // namespace

InProcessCenter::InProcessCenter(Emulator& emulator, std::function<std::string()> new_guid,
                                 Transport* transport)
    : own_(emulator),
      tokens_(transport != nullptr ? *transport : own_, settings_of(emulator.credentials()),
              credentials_of(emulator.credentials()), [&emulator] { return emulator.now(); }, {}),
      center_(transport != nullptr ? *transport : own_, tokens_,
              {"https://emulator.invalid", emulator.binding().country}, std::move(new_guid)) {}

}  // namespace termwise::emulator
