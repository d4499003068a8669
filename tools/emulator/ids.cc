// Ids: a pure function of the seed and of what they belong to.
#include <fmt/format.h>

#include "base/lower_case.h"
#include "emulator/world.h"
#include "formats/sha256.h"

namespace termwise::emulator {
namespace {

std::string digest(std::uint64_t seed, std::string_view kind, std::string_view name) {
    Sha256 hash;
    hash.add(fmt::format("{}\n{}\n{}", seed, kind, name));
    return hash.hex();
}

}  // namespace

std::string lower(std::string_view text) { return lower_case(text); }

std::string guid_of(std::uint64_t seed, std::string_view kind, std::string_view name) {
    std::string hex = digest(seed, kind, name);
    hex[12] = '4';  // version and variant, as random GUIDs have them
    hex[16] = "89ab"[(hex[16] <= '9' ? hex[16] - '0' : hex[16] - 'a' + 10) & 3];
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) +
           "-" + hex.substr(20, 12);
}

std::string code_of(std::uint64_t seed, std::string_view kind, std::string_view name, std::size_t count) {
    constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const std::string hex = digest(seed, kind, name);
    std::string code;
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = static_cast<std::size_t>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
        code += kLetters[value % kLetters.size()];
    }
    return code;
}

std::string next_guid(const World& world, Tenant& tenant, const std::string& kind) {
    return guid_of(world.options.seed, kind, fmt::format("{}/{}", tenant.id, ++tenant.counters[kind]));
}

std::string availability_of(const World& world, OfferIndex offer, std::string_view segment) {
    return "CFQ7TTC" + code_of(world.options.seed, "availability",
                               fmt::format("{}/{}/{}", world.scenario->at(offer).id, segment, world.rotation),
                               5);
}

}  // namespace termwise::emulator
