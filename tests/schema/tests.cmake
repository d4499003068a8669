# The published schemas (scenarios/schema), the structural corpus and the program agree: see schema_test.py.
termwise_python_test(NAME schema/published SCRIPT ${CMAKE_CURRENT_LIST_DIR}/schema_test.py LABELS structure)
if(TARGET termwise)
    # Writes the corpus, some two thousand small files, into the build folder, where it can be looked at.
    termwise_python_test(NAME schema/program SCRIPT ${CMAKE_CURRENT_LIST_DIR}/schema_test.py LABELS schema release
        ARGS --program ${TERMWISE_PROGRAM} --corpus ${CMAKE_CURRENT_BINARY_DIR}/schema-corpus)
endif()
