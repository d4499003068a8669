#include "import/products.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "import/values.h"

namespace termwise {
namespace {

TEST(KnownProducts, AreFoundByEitherId) {
    const KnownProduct* standard = find_product("CFQ7TTC0LDPB:0001");
    ASSERT_NE(standard, nullptr);
    EXPECT_EQ(standard->part_number, "O365_BUSINESS_PREMIUM");  // the part number kept the old name
    EXPECT_EQ(standard->max_seats, 300);
    EXPECT_EQ(find_product_of_old_offer("031C9E47-4802-4248-838E-778FB1D2CC05"), standard);
    EXPECT_EQ(find_product("CFQ7TTC0LDPB:0009"), nullptr);
    EXPECT_EQ(find_product_of_old_offer(""), nullptr);
}

TEST(KnownProducts, AreWrittenAsTheImporterWritesIds) {
    for (const KnownProduct& product : known_products()) {
        EXPECT_EQ(parse_offer_reference(product.id)->id, product.id);
        if (!product.old_offer.empty()) {
            EXPECT_EQ(parse_offer_reference(product.old_offer)->id, product.old_offer);
        }
    }
}

TEST(KnownProducts, EachOldOfferBecomesOneProduct) {
    for (const KnownProduct& product : known_products()) {
        if (product.old_offer.empty()) continue;
        EXPECT_EQ(std::ranges::count(known_products(), product.old_offer, &KnownProduct::old_offer), 1)
            << product.old_offer;
    }
}

}  // namespace
}  // namespace termwise
