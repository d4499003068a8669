// Which host a URL means (partner-center reference 2.7): a token never leaves for another one.
#include "live/url.h"

#include <gtest/gtest.h>

namespace termwise::live {
namespace {

TEST(Url, EncodesAllButThePlainCharacters) {
    EXPECT_EQ(url_encoded("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(url_encoded(R"({"a":1,b/?#&=+ %})"), "%7B%22a%22%3A1%2Cb%2F%3F%23%26%3D%2B%20%25%7D");
    EXPECT_EQ(url_encoded("\xC3\xA9\n"), "%C3%A9%0A");
}

TEST(Url, AnOriginIsSchemeHostAndPort) {
    EXPECT_EQ(origin_of("HTTPS://Api.Example.test:8443/v1?x#y"), "https://api.example.test:8443");
    EXPECT_EQ(origin_of("https://a?b"), "https://a");
    EXPECT_EQ(origin_of("https://a#b"), "https://a");
    for (const char* none : {"", "api.example.test", "/v1", "https://", "https:///x", "https://good@evil/x",
                             "https://good:443@evil"})
        EXPECT_EQ(origin_of(none), "") << none;
}

TEST(Url, IsSafeWithTlsOrOnThisMachine) {
    for (const char* safe : {"https://anything.example", "http://127.0.0.1", "http://127.0.0.1:8080/x",
                             "http://localhost:1/", "HTTP://LOCALHOST/", "http://[::1]:9/x"})
        EXPECT_TRUE(is_safe_origin(safe)) << safe;
    for (const char* unsafe :
         {"http://example.test", "http://127.0.0.1.evil.example", "http://localhost.evil.example",
          "http://localhost@evil.example", "http://127.0.0.2", "ftp://localhost", "file:///etc/passwd",
          "https://user@host", "http://127.0.0.1:80@evil.example/", "localhost", ""})
        EXPECT_FALSE(is_safe_origin(unsafe)) << unsafe;
}

TEST(Url, LinksComeWithAndWithoutVersion) {
    const std::string base = "https://api.example.test";
    const auto path = [&](const char* link) { return path_of_link(link, base); };
    EXPECT_EQ(path("/customers?size=40"), "/customers?size=40");
    EXPECT_EQ(path("/v1/customers?size=40"), "/customers?size=40");
    EXPECT_EQ(path("/V1/customers"), "/customers");
    EXPECT_EQ(path("customers"), "/customers");
    EXPECT_EQ(path("https://API.example.test/v1/customers"), "/customers");
    EXPECT_EQ(path("/v10/customers"), "/v10/customers");
    for (const char* elsewhere :
         {"https://evil.example/customers", "https://api.example.test.evil.example/customers",
          "https://api.example.test@evil.example/customers", "http://api.example.test/customers",
          "https://api.example.test:444/customers", "//evil.example/customers", "https://api.example.test"})
        EXPECT_EQ(path(elsewhere), "") << elsewhere;
}

}  // namespace
}  // namespace termwise::live
