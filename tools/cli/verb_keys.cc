// termwise keys new | trust | list: who may approve.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "cli/approved.h"
#include "formats/json_writer.h"
#include "formats/output.h"
#include "formats/signature.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    std::string key, public_key, name, trust;
};

void show(const Trust& keys, bool as_json) {
    if (!as_json) {
        for (const auto& [id, key] : keys)
            write_standard_output(
                fmt::format("{}  {}{}{}\n", id, key.public_key, key.name.empty() ? "" : "  ", key.name));
        flush_standard_output();
        return;
    }
    JsonWriter out(JsonWriter::Layout::indented, write_standard_output);
    out.begin_object().field("format", "termwise-keys/1").key("keys").begin_list();
    for (const auto& [id, key] : keys) {
        out.begin_object()
            .field("id", std::string_view(id))
            .field("public_key", std::string_view(key.public_key));
        if (!key.name.empty()) out.field("name", std::string_view(key.name));
        out.end_object();
    }
    out.end_list().end_object();
    out.finish();
    flush_standard_output();
}

int make_key(const Options& options) {
    try {
        const SigningKey key = SigningKey::generate();
        key.write(options.key);
        show({{key.id(), {{}, key.public_key()}}}, options.common.json);
        if (!options.common.quiet)
            fmt::print(stderr,
                       "{} is the secret part: keep it to yourself. Whoever executes what you approve needs "
                       "the public one:\n"
                       "  termwise keys trust {} --name YOU\n",
                       options.key, key.public_key());
        return kDone;
    } catch (const KeyError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return kFailed;
    }
}

/// The keys trusted so far; none if there is no file yet. Nothing if there is one that is wrong.
std::optional<Trust> trust_so_far(const std::string& path, bool quiet) {
    if (!std::filesystem::exists(path)) return Trust{};
    Diagnostics diagnostics;
    std::optional<Trust> trust = read_trust(path, diagnostics);
    print_diagnostics(diagnostics, quiet);
    return trust;
}

int trust_key(const Options& options) {
    const std::string path = trust_path(options.trust);
    std::optional<Trust> trust = trust_so_far(path, options.common.quiet);
    if (!trust) return kWrongInput;
    const std::string id = key_id_of(options.public_key);
    if (!is_public_key(options.public_key)) {
        fmt::print(stderr, "\"{}\" is no public key: 32 bytes as base64, as `termwise keys new` prints it\n",
                   options.public_key);
        return kWrongInput;
    }
    (*trust)[id] = {options.name, options.public_key};
    std::error_code ignored;  // if the folder cannot be made the file says so
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    write_trust(*trust, path);
    show({{id, {options.name, options.public_key}}}, options.common.json);
    return kDone;
}

int list_keys(const Options& options) {
    const std::string path = trust_path(options.trust);
    const std::optional<Trust> trust = trust_so_far(path, options.common.quiet);
    if (!trust) return kWrongInput;
    show(*trust, options.common.json);
    if (trust->empty() && !options.common.quiet) fmt::print(stderr, "{}: nobody is trusted yet\n", path);
    return kDone;
}

}  // namespace

void add_keys(Program program) {
    CLI::App* keys =
        program.app.add_subcommand("keys", "Keys that sign approvals, and whose approvals count");
    keys->require_subcommand(1);
    keys->footer("Example:\n  termwise keys new approver.key");

    auto made = std::make_shared<Options>();
    CLI::App* make = add_verb(*keys, "new", "Makes a key (Ed25519): the secret part as a file, mode 0600",
                              "termwise keys new approver.key", made->common);
    make->add_option("key", made->key, "file to write; must not exist")->required()->type_name("FILE");
    make->callback([made, program] { program.status = make_key(*made); });

    auto trusted = std::make_shared<Options>();
    CLI::App* trust =
        add_verb(*keys, "trust", "Lets a key's approvals count",
                 "termwise keys trust 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= --name \"A. Approver\"",
                 trusted->common);
    trust->add_option("public", trusted->public_key, "public key, as `keys new` printed it")
        ->required()
        ->type_name("PUBLIC");
    trust->add_option("--name", trusted->name, "who holds it")->required();
    trust->add_option("--trust", trusted->trust, "trust file; by default ~/.config/termwise/trust.json")
        ->type_name("FILE");
    trust->callback([trusted, program] { program.status = trust_key(*trusted); });

    auto listed = std::make_shared<Options>();
    CLI::App* list = add_verb(*keys, "list", "Whose approvals count", "termwise keys list", listed->common);
    list->add_option("--trust", listed->trust, "trust file; by default ~/.config/termwise/trust.json")
        ->type_name("FILE");
    list->callback([listed, program] { program.status = list_keys(*listed); });
}

}  // namespace termwise::cli
