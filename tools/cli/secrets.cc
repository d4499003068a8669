#include "cli/secrets.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "formats/json_writer.h"
#include "formats/output.h"
#include "live/json_access.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostBytes = 64 * 1024;

void keep_out_of_core_dumps() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

[[nodiscard]] std::string taken_from_environment(const char* name) {
    const char* value = std::getenv(name);
    std::string text = value == nullptr ? "" : value;
    unsetenv(name);
    return text;
}

}  // namespace

std::optional<live::Credentials> read_credentials(const std::string& path) {
    keep_out_of_core_dumps();
    live::Credentials secret{taken_from_environment("TERMWISE_CLIENT_ID"),
                             taken_from_environment("TERMWISE_CLIENT_SECRET"),
                             taken_from_environment("TERMWISE_REFRESH_TOKEN")};
    if (!path.empty()) {
        const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat info {};
        if (file < 0 || fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
            fmt::print(stderr, "{}: cannot read the credentials: {}\n", path, std::strerror(errno));
            if (file >= 0) close(file);
            return std::nullopt;
        }
        std::string text(kMostBytes, '\0');
        const ssize_t size = read(file, text.data(), text.size());
        close(file);
        text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        if ((info.st_mode & 077) != 0) {
            fmt::print(
                stderr,
                "{}: others may read these credentials (mode {:03o}): make them yours alone (chmod 600), and "
                "renew them\n",
                path, static_cast<unsigned>(info.st_mode & 0777));
            return std::nullopt;
        }
        const std::optional<live::Json> body = live::parse_body(text);
        if (!body || !body->is_object()) {
            // What stands in the file is not repeated.
            fmt::print(stderr, "{}: expected a JSON object with client_id, client_secret and refresh_token\n",
                       path);
            return std::nullopt;
        }
        secret = {live::text_in(*body, "client_id"), live::text_in(*body, "client_secret"),
                  live::text_in(*body, "refresh_token")};
    }
    if (secret.client_id.empty() || secret.client_secret.empty()) {
        fmt::print(stderr,
                   "no credentials: give --secrets FILE (mode 0600), or TERMWISE_CLIENT_ID, "
                   "TERMWISE_CLIENT_SECRET and "
                   "TERMWISE_REFRESH_TOKEN in the environment\n");
        return std::nullopt;
    }
    return secret;
}

void keep_refresh_token(const std::string& path, live::Credentials credentials,
                        const std::string& refresh_token) {
    const mode_t before = umask(077);
    OutputFile file(path);
    JsonWriter out(JsonWriter::Layout::indented, [&](std::string_view text) { file.write(text); });
    out.begin_object()
        .field("client_id", std::string_view(credentials.client_id))
        .field("client_secret", std::string_view(credentials.client_secret))
        .field("refresh_token", std::string_view(refresh_token))
        .end_object();
    out.finish();
    file.commit();
    umask(before);
}

}  // namespace termwise::cli
