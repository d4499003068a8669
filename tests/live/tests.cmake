# The client's sockets, against servers that are anything but good.
if(TERMWISE_LIVE AND TARGET termwise)
    termwise_python_test(NAME live/transport SCRIPT ${CMAKE_CURRENT_LIST_DIR}/transport_test.py)
endif()
