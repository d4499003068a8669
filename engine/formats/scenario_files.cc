#include "formats/scenario_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "formats/json_reader.h"
#include "formats/portfolio_tables.h"
#include "formats/scenario_reader.h"
#include "formats/scenario_sink.h"
#include "formats/source.h"
#include "model/merge.h"
#include "model/place.h"

namespace termwise {
namespace {

namespace fs = std::filesystem;

/// All texts of a portfolio have to fit one TextPool, which counts in 32 bits: more is not read before the
/// last file.
constexpr std::uint64_t kMostBytesBeforeAFile = 3 * kMostInputBytes;

/// A path relative to the file that names it, as a person would write it.
std::string beside(const std::string& file, const std::string& path) {
    return (fs::path(file).parent_path() / path).lexically_normal().string();
}

/// The same for every way to name a file.
std::string identity_of(const std::string& path) {
    std::error_code failed;
    const fs::path resolved = fs::canonical(path, failed);
    return failed ? path : resolved.string();
}

Place place_in(const std::string& file, std::string pointer) {
    Place place;
    place.file = file;
    place.pointer = std::move(pointer);
    return place;
}

/// Whether something is wrong with a field of the whole scenario, so that it is not missing although it was
/// not taken.
bool is_mentioned(std::string_view field, const Diagnostics& diagnostics) {
    const std::string pointer = fmt::format("/{}", field);
    return std::ranges::any_of(diagnostics.all(), [&](const Diagnostic& d) {
        const std::string_view at = d.place.pointer;
        return at.starts_with(pointer) && (at.size() == pointer.size() || at[pointer.size()] == '/');
    });
}

/// Reports what the scenario does not say, itself or by what it includes. Mostly that is the builder's
/// business, which has everything before it; but where mistakes are vital it is not asked.
void check_whole(bool has_format, DraftReading& reading, Diagnostics& diagnostics) {
    const ScenarioDraft& draft = reading.draft;
    const auto require = [&](bool is_there, std::string_view field, std::string_view or_field = {}) {
        if (is_there || is_mentioned(field, diagnostics)) return;
        if (!or_field.empty() && is_mentioned(or_field, diagnostics)) return;
        std::string message = fmt::format("\"{}\" is missing", field);
        if (!or_field.empty()) message += fmt::format(", and \"{}\" as well", or_field);
        diagnostics.error("M1", place_in(draft.files.front().path, {}), std::move(message));
    };
    require(has_format, "format");
    if (!has_format) reading.outcome = worse(reading.outcome, ReadOutcome::harmless_mistakes);
    if (reading.outcome != ReadOutcome::vital_mistakes) return;
    require(draft.currency.has_value(), "currency");
    require(draft.horizon.has_value(), "horizon");
    require(draft.programmes_given, "programmes");
    require(draft.offers_given, "offers");
    require(draft.portfolio.given, "customers", "portfolio");
}

/// Reads a scenario's files, one after the other.
class FilesReader {
  public:
    explicit FilesReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    DraftReading read_all(const std::string& path) {
        DraftReading reading;
        reading.draft.files.push_back({path});
        if (auto draft = read(path, {})) reading.draft = std::move(*draft);
        reading.draft.files = files_;
        reading.outcome = outcome_;
        if (is_complete_) check_whole(has_format_, reading, diagnostics_);
        return reading;
    }

  private:
    /// A file whose includes are being read.
    struct OpenFile {
        std::string path;
        std::string identity;
    };

    /// Opens the file that is named at `asked`.
    std::optional<Source> open(const std::string& path, const Place& asked) {
        if (files_.size() >= kMostScenarioFiles)
            return refuse(asked, "a scenario may not be made of so many files");
        if (bytes_read_ > kMostBytesBeforeAFile)
            return refuse(asked, "the scenario's files are too large together");
        auto source = Source::open(path, asked, diagnostics_);
        if (!source) is_complete_ = false;
        if (!source) outcome_ = ReadOutcome::vital_mistakes;
        return source;
    }

    std::nullopt_t refuse(const Place& place, std::string message) {
        is_complete_ = false;
        outcome_ = ReadOutcome::vital_mistakes;
        diagnostics_.error("M1.9", place, std::move(message));
        return std::nullopt;
    }

    std::int32_t add_file(const std::string& path, bool is_table) {
        files_.push_back({path, is_table});
        return static_cast<std::int32_t>(files_.size()) - 1;
    }

    /// Reads a file with all that it includes.
    std::optional<ScenarioDraft> read(const std::string& path, const Place& asked) {
        auto source = open(path, asked);
        if (!source) return std::nullopt;
        ScenarioDraft draft;
        draft.file = add_file(path, false);
        JsonReader reader(*source, diagnostics_);
        ScenarioSink sink(draft, reader);
        ReadOutcome outcome = reader.read(kScenarioShape, &sink);
        bytes_read_ += source->bytes_read();
        source.reset();
        is_complete_ = is_complete_ && reader.was_read_whole();
        if (open_.empty()) has_format_ = sink.has_format;
        if (draft.portfolio_files) outcome = worse(outcome, read_tables(path, draft));
        // What an including file replaces is not known here, so in an included one every mistake is vital.
        if (!open_.empty() && outcome != ReadOutcome::good) outcome = ReadOutcome::vital_mistakes;
        outcome_ = worse(outcome_, outcome);

        open_.push_back({path, identity_of(path)});
        include(draft);
        open_.pop_back();
        return draft;
    }

    ReadOutcome read_tables(const std::string& path, ScenarioDraft& draft) {
        PortfolioFilesDraft& files = *draft.portfolio_files;
        const auto open_table = [&](std::string& table, std::string_view field) -> std::optional<Source> {
            table = beside(path, table);
            return open(table, place_of(files_, files.origin, "", fmt::format("portfolio/{}", field)));
        };
        std::optional<Source> customers, subscriptions;
        if (!files.customers.empty()) customers = open_table(files.customers, "customers");
        if (!files.subscriptions.empty()) subscriptions = open_table(files.subscriptions, "subscriptions");
        if (customers.has_value() == files.customers.empty() || !subscriptions)
            return ReadOutcome::vital_mistakes;

        PortfolioSources sources;
        if (customers) sources.customers = &*customers;
        if (customers) sources.customers_file = add_file(files.customers, true);
        sources.subscriptions = &*subscriptions;
        sources.subscriptions_file = add_file(files.subscriptions, true);
        const ReadOutcome outcome = read_portfolio_tables(sources, draft, diagnostics_);
        bytes_read_ += subscriptions->bytes_read() + (customers ? customers->bytes_read() : 0);
        return outcome;
    }

    /// Joins the files that `draft` includes, and adds them to it.
    void include(ScenarioDraft& draft) {
        std::optional<ScenarioDraft> joined;
        std::vector<std::string> taken;
        for (const IncludeDraft& include : draft.includes) {
            const std::string path = beside(open_.back().path, include.path);
            const Place asked = place_of(files_, include.origin, "include", "");
            const std::string identity = identity_of(path);
            const bool is_repeated = std::ranges::find(taken, identity) != taken.end();
            if (is_repeated || is_cycle(path, identity, asked)) continue;
            taken.push_back(identity);
            if (open_.size() > kMostIncludeLevels) {
                refuse(asked,
                       fmt::format("files include each other over more than {} levels", kMostIncludeLevels));
                continue;
            }
            std::optional<ScenarioDraft> part = read(path, asked);
            if (part && joined) join(*joined, std::move(*part));
            if (part && !joined) joined = std::move(part);
        }
        if (!joined) return;
        joined->files = draft.files = files_;
        merge_included(draft, std::move(*joined));
    }

    /// What is wrong in one of two files makes them differ, and was reported already.
    void join(ScenarioDraft& joined, ScenarioDraft&& part) {
        joined.files = part.files = files_;
        Diagnostics differences;
        merge_sibling(joined, std::move(part),
                      outcome_ == ReadOutcome::vital_mistakes ? differences : diagnostics_);
    }

    bool is_cycle(const std::string& path, const std::string& identity, const Place& asked) {
        auto file = std::ranges::find(open_, identity, &OpenFile::identity);
        if (file == open_.end()) return false;
        std::string cycle;
        for (; file != open_.end(); ++file) cycle += file->path + " includes ";
        refuse(asked, fmt::format("the files include each other in a circle: {}{}", cycle, path));
        return true;
    }

    Diagnostics& diagnostics_;
    std::vector<SourceFile> files_;
    std::vector<OpenFile> open_;
    std::uint64_t bytes_read_ = 0;
    bool has_format_ = false;
    bool is_complete_ = true;  // every file was read to its end
    ReadOutcome outcome_ = ReadOutcome::good;
};

}  // namespace

DraftReading read_scenario_files(const std::string& path, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    DraftReading reading = FilesReader(diagnostics).read_all(path);
    // Differences of included files are reported by the merge itself.
    const bool has_errors = diagnostics.error_count() > errors_before;
    if (has_errors && reading.outcome == ReadOutcome::good) reading.outcome = ReadOutcome::vital_mistakes;
    return reading;
}

DraftReading read_single_scenario(std::string_view json, const std::string& name, Diagnostics& diagnostics) {
    DraftReading reading;
    ScenarioDraft& draft = reading.draft;
    draft.files.push_back({name});
    Source source = Source::of_text(json, name);
    JsonReader reader(source, diagnostics);
    ScenarioSink sink(draft, reader);
    reading.outcome = reader.read(kScenarioShape, &sink);
    const auto refuse = [&](std::string_view field, std::string_view why) {
        diagnostics.error("M1.9", place_in(name, fmt::format("/{}", field)), std::string(why));
        reading.outcome = ReadOutcome::vital_mistakes;
    };
    if (!draft.includes.empty()) refuse("include", "other files can only be included by a file");
    if (draft.portfolio_files) refuse("portfolio", "tables can only be named by a file");
    if (reader.was_read_whole()) check_whole(sink.has_format, reading, diagnostics);
    return reading;
}

DraftReading read_scenario_part(std::string_view json, const std::string& name, std::vector<SourceFile> files,
                                Diagnostics& diagnostics) {
    DraftReading reading;
    ScenarioDraft& draft = reading.draft;
    draft.files = std::move(files);
    draft.file = static_cast<std::int32_t>(draft.files.size());
    draft.files.push_back({name});
    Source source = Source::of_text(json, name);
    JsonReader reader(source, diagnostics);
    ScenarioSink sink(draft, reader);
    reading.outcome = reader.read(kScenarioShape, &sink);
    return reading;
}

}  // namespace termwise
