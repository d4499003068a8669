// Runs a fuzzer's entry point over files, without libFuzzer: any compiler can replay the seeds and what was
// once found. Arguments are files and folders (read recursively, in the order of their names). The empty
// input comes first. A folder that is missing or empty is an error: a fuzzer without seeds tests nothing
// here.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& path) {
    if (!fs::is_directory(path)) {
        return {path};
    }
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

void replay(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw std::runtime_error("cannot read " + file.string());
    }
    const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    // Named before it runs: if it ends the program, this is the last line.
    std::printf("%s (%zu bytes)\n", file.string().c_str(), input.size());
    std::fflush(stdout);
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::uint8_t nothing = 0;
        LLVMFuzzerTestOneInput(&nothing, 0);
        for (int i = 1; i < argc; ++i) {
            const auto files = files_of(argv[i]);
            if (files.empty()) {
                std::fprintf(stderr, "no seeds in %s\n", argv[i]);
                return 1;
            }
            for (const auto& file : files) {
                replay(file);
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
