// What is known of usual products beside a price list, which names neither the directory's SKU nor the old
// offer.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace termwise {

/// Texts that are not known are empty.
struct KnownProduct {
    std::string_view id;           ///< "CFQ7TTC0LH18:0001"
    std::string_view part_number;  ///< of the directory's SKU: users of one SKU keep their licence
    std::string_view old_offer;  ///< the offer of the old CSP programme that it replaces, GUID in upper case
    std::int32_t max_seats = 0;  ///< 0: no limit
};

/// By id.
[[nodiscard]] std::span<const KnownProduct> known_products();

/// Null if there is none.
[[nodiscard]] const KnownProduct* find_product(std::string_view id);
[[nodiscard]] const KnownProduct* find_product_of_old_offer(std::string_view guid);

}  // namespace termwise
