# Tests that read the sources: the order of the layers, a test for each source, what may stand where, the format,
# where rules and prices come from.
# Each prints every breach and where it is.
foreach(test include_order tests_exist top_level format rule_sources)
    termwise_python_test(NAME structure/${test} SCRIPT ${CMAKE_CURRENT_LIST_DIR}/${test}.py LABELS structure)
endforeach()

# The installed package, used as somebody else would.
termwise_python_test(NAME structure/installed SCRIPT ${CMAKE_CURRENT_LIST_DIR}/installed.py LABELS structure
    ARGS --build ${PROJECT_BINARY_DIR} --cmake ${CMAKE_COMMAND} --generator ${CMAKE_GENERATOR}
         --compiler ${CMAKE_CXX_COMPILER})

# The script in tools/ runs the program in build/release, so only from there is it known to be built.
if(PROJECT_BINARY_DIR STREQUAL "${PROJECT_SOURCE_DIR}/build/release")
    termwise_python_test(NAME structure/launcher SCRIPT ${CMAKE_CURRENT_LIST_DIR}/launcher.py LABELS structure)
endif()

# Headers that compile alone: a source for each that includes it and nothing else. Part of the build, so that only
# what changed is compiled again; nothing is optimised, it only has to compile. In one configuration: it says the same
# in all.
if(NOT TERMWISE_SANITIZE)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/engine ${PROJECT_SOURCE_DIR}/engine/*.h)
    set(sources "")
    foreach(header IN LISTS headers)
        set(source ${CMAKE_CURRENT_BINARY_DIR}/header_check/${header}.cc)
        file(CONFIGURE OUTPUT ${source} CONTENT "#include \"@header@\"\n" @ONLY)
        list(APPEND sources ${source})
    endforeach()
    if(sources)
        add_library(header_check OBJECT ${sources})
        target_compile_options(header_check PRIVATE -O0)
        target_link_libraries(header_check PRIVATE termwise_engine)
    endif()
endif()
