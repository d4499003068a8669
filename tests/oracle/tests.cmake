# The oracle, and the program against it: README.md. The seeds are fixed, so a failure can be repeated.
termwise_python_test(NAME oracle/oracle_test SCRIPT ${CMAKE_CURRENT_LIST_DIR}/oracle_test.py LABELS oracle)
if(TARGET termwise)
    termwise_python_test(NAME oracle/score SCRIPT ${CMAKE_CURRENT_LIST_DIR}/compare.py LABELS oracle
        ARGS --program ${TERMWISE_PROGRAM} --seed 1 --count 300 --shrink)
    termwise_python_test(NAME oracle/strategies SCRIPT ${CMAKE_CURRENT_LIST_DIR}/compare.py LABELS oracle
        ARGS --program ${TERMWISE_PROGRAM} --seed 1 --count 60 --strategies)
    termwise_python_test(NAME oracle/plan SCRIPT ${CMAKE_CURRENT_LIST_DIR}/compare_plans.py LABELS oracle
        ARGS --program ${TERMWISE_PROGRAM} --seed 1 --count 24)
    set_tests_properties(oracle/score oracle/strategies oracle/plan PROPERTIES PROCESSORS 2)
endif()
