#include "live/http.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(Http, FindsAHeaderWhateverItsCase) {
    const std::vector<HttpHeader> headers{
        {"X-Locale", "en-US,en-US"}, {"ms-requestid", " 0a1b "}, {"Date", "Mon, 03 Feb 2031 04:05:06 GMT"}};
    EXPECT_EQ(header_value(headers, "MS-RequestId"), "0a1b");
    EXPECT_EQ(header_value(headers, "x-locale"), "en-US");  // doubled on its way
    EXPECT_EQ(header_value(headers, "date"), "Mon, 03 Feb 2031 04:05:06 GMT");
    EXPECT_EQ(header_value(headers, "Retry-After"), "");
}

}  // namespace
}  // namespace termwise
