# Fuzzers: each tests/fuzz/<name>_fuzz.cc defines LLVMFuzzerTestOneInput. Built twice:
#   <name>_replay  always: with replay_main.cc in place of libFuzzer, over the seeds in tests/fuzz/corpus/<name>/, as
#                  the test fuzz/<name>. What a fuzzer once found is kept as a seed: it stays found, by any compiler.
#   <name>_fuzz    with TERMWISE_BUILD_FUZZERS: libFuzzer itself, run by tools/fuzz
# A dictionary is tests/fuzz/<name>.dict.
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*_fuzz.cc)
foreach(source IN LISTS fuzz_sources)
    cmake_path(GET source STEM name)
    string(REGEX REPLACE "_fuzz$" "" name ${name})

    add_executable(${name}_replay ${source} ${CMAKE_CURRENT_LIST_DIR}/replay_main.cc)
    target_link_libraries(${name}_replay PRIVATE termwise_engine)
    add_test(NAME fuzz/${name} COMMAND ${name}_replay ${CMAKE_CURRENT_LIST_DIR}/corpus/${name}
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz)

    if(TERMWISE_BUILD_FUZZERS)
        add_executable(${name}_fuzz ${source})
        target_link_libraries(${name}_fuzz PRIVATE termwise_engine)
        target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
        set_target_properties(${name}_fuzz PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
    endif()
endforeach()
