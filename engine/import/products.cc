#include "import/products.h"

#include <algorithm>
#include <array>

namespace termwise {
namespace {

// Identifiers, which are facts, in a table of own making: ids of new-commerce products from Microsoft's
// Partner Center documentation (copy of 2023-10, kvamseek/partner-center) and from public integrations
// (Leeroy-Steele/JSON-looper-for-CSPPortal); old offers, part numbers and the limit of 300 seats from the US
// catalogue of the old programme as Microsoft's own test data has it (microsoft/Partner-Center-PowerShell,
// GetPartnerOffer.json, 2019-01-11, MIT, (c) Microsoft Corporation). Of Office 365 E5 the sources disagree
// which of the SKUs 0001 and 0002 has audio conferencing.
constexpr std::array kProducts{
    KnownProduct{"CFQ7TTC0HD32:0002", "VISIOCLIENT", "B4D4B7F4-4089-43B6-9C44-DE97B760FB11", 0},
    KnownProduct{"CFQ7TTC0HD33:0003", "VISIOONLINE_PLAN1", "3F22D04E-9353-46C1-BF48-B6B0C0A55A66", 0},
    KnownProduct{"CFQ7TTC0HDB0:0002", "PROJECTPROFESSIONAL", "", 0},
    KnownProduct{"CFQ7TTC0HL8W:0001", "PBI_PREMIUM_PER_USER", "", 0},
    KnownProduct{"CFQ7TTC0HX56:0002", "", "", 0},
    KnownProduct{"CFQ7TTC0J1GB:0003", "", "", 0},
    KnownProduct{"CFQ7TTC0LCH4:0004", "", "871E82D5-A046-4803-9825-69BA2F640C16", 0},
    KnownProduct{"CFQ7TTC0LCH4:0006", "", "CED5F693-2D40-40AE-8848-9809AB1B0EE9", 0},
    KnownProduct{"CFQ7TTC0LCH4:0009", "INTUNE_A", "51E95709-DC35-4780-9040-22278CB7C0E1", 0},
    KnownProduct{"CFQ7TTC0LCHC:0002", "SPB", "61795CAB-2ABD-43F6-88E9-C9ADAE5746E0", 300},
    KnownProduct{"CFQ7TTC0LDPB:0001", "O365_BUSINESS_PREMIUM", "031C9E47-4802-4248-838E-778FB1D2CC05", 300},
    KnownProduct{"CFQ7TTC0LF8Q:0001", "STANDARDPACK", "91FD106F-4B2C-4938-95AC-F54F74E9A239", 0},
    KnownProduct{"CFQ7TTC0LF8R:0001", "ENTERPRISEPACK", "796B6B5F-613C-4E24-A17C-EBA730D49C02", 0},
    KnownProduct{"CFQ7TTC0LF8S:0002", "ENTERPRISEPREMIUM", "A044B16A-1861-4308-8086-A3A3B506FAC2",
                 0},  // low: see above
    KnownProduct{"CFQ7TTC0LFK5:0001", "AAD_PREMIUM_P2", "E59159FC-6F67-4599-B3CB-17FF4020F643", 0},
    KnownProduct{"CFQ7TTC0LFLS:0002", "AAD_PREMIUM", "16C9F982-A827-4003-A88E-E75DF1927F27", 0},
    KnownProduct{"CFQ7TTC0LFLX:0001", "SPE_E3", "2B3B8D2D-10AA-4BE4-B5FD-7F2FEB0C3091", 0},
    KnownProduct{"CFQ7TTC0LFLZ:0002", "SPE_E5", "8BDBB60B-E526-43E9-92EF-AB760C8E0B72", 0},
    KnownProduct{"CFQ7TTC0LFNW:0002", "", "", 0},
    KnownProduct{"CFQ7TTC0LGV0:0001", "", "", 0},
    KnownProduct{"CFQ7TTC0LH04:0001", "ATP_ENTERPRISE", "", 0},
    KnownProduct{"CFQ7TTC0LH05:0001", "SPE_F1", "3451A3B0-8CDA-44A7-BAD7-C30BE81C4AAA", 0},
    KnownProduct{"CFQ7TTC0LH0R:0001", "PHONESYSTEM_VIRTUALUSER", "", 0},
    KnownProduct{"CFQ7TTC0LH0T:0001", "MCOEV", "", 0},
    KnownProduct{"CFQ7TTC0LH16:0001", "EXCHANGESTANDARD", "195416C1-3447-423A-B37B-EE59A99A19C4", 0},
    KnownProduct{"CFQ7TTC0LH18:0001", "O365_BUSINESS_ESSENTIALS", "BD938F12-058F-4927-BBA3-AE36B1D2501C",
                 300},
    KnownProduct{"CFQ7TTC0LH1G:0001", "O365_BUSINESS", "5C9FD4CC-EDCE-44A8-8E91-07DF09744609", 300},
    KnownProduct{"CFQ7TTC0LH1M:0001", "", "", 0},
    KnownProduct{"CFQ7TTC0LH1P:0001", "EXCHANGEENTERPRISE", "2F707C7C-2433-49A5-A437-9CA7CF40D3EB", 0},
    KnownProduct{"CFQ7TTC0LH3L:0001", "", "", 0},
    KnownProduct{"CFQ7TTC0LH9J:0001", "RIGHTSMANAGEMENT", "648BF77B-1F0A-4911-8066-CAF37D67DC72", 0},
    KnownProduct{"CFQ7TTC0LHS9:0001", "SHAREPOINTSTORAGE", "53FC25F7-6639-4F78-BB44-3C2DFEC3ED40", 0},
    KnownProduct{"CFQ7TTC0LHSF:0001", "POWER_BI_PRO", "800F4F3B-CFE1-42C1-9CEA-675512810488", 0},
    KnownProduct{"CFQ7TTC0LHSL:0001", "MCOMEETADV", "C94271D8-B431-4A25-A3C5-A57737A1C909", 0},
    KnownProduct{"CFQ7TTC0LHXJ:0017", "", "60D2919E-427A-46C9-BD03-89CBAD27D53F", 0},
    KnownProduct{"CFQ7TTC0QW7C:0001", "", "", 0}};
static_assert(std::ranges::is_sorted(kProducts, {}, &KnownProduct::id));

}  // namespace

std::span<const KnownProduct> known_products() { return kProducts; }

const KnownProduct* find_product(std::string_view id) {
    const auto found = std::ranges::lower_bound(kProducts, id, {}, &KnownProduct::id);
    return found != kProducts.end() && found->id == id ? &*found : nullptr;
}

const KnownProduct* find_product_of_old_offer(std::string_view guid) {
    if (guid.empty()) return nullptr;
    const auto found = std::ranges::find(kProducts, guid, &KnownProduct::old_offer);
    return found == kProducts.end() ? nullptr : &*found;
}

}  // namespace termwise
