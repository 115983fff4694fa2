# The few ways to declare a target. Each takes SOURCES (relative to the folder) and DEPS.
#
#   attlas_library(NAME SOURCES a.cc DEPS other)
#   attlas_executable(NAME SOURCES main.cc DEPS other)           -> build/PRESET/bin
#   attlas_test(NAME SOURCES a_test.cc DEPS other                -> build/PRESET/tests
#               [LABELS integration] [ENVIRONMENT A=b] [ONE_PROCESS])
#   attlas_benchmark(NAME SOURCES a_bench.cc DEPS other)         -> build/PRESET/bench
#   attlas_pch_grpc(NAME)        optional: a precompiled header for a target that uses gRPC

set(ATTLAS_WARNINGS -Wall -Wextra -Wconversion -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # gcc's -Wconversion has no sign conversion; clang's alone would ask for it.
  list(APPEND ATTLAS_WARNINGS -Wthread-safety -Wno-sign-conversion -Wno-missing-field-initializers)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 sees phantom overflows in inlined std::string code when sanitizers are on.
  list(APPEND ATTLAS_WARNINGS -Wno-missing-field-initializers -Wno-maybe-uninitialized -Wno-restrict)
endif()

function(attlas_configure_target target)
  target_compile_options(${target} PRIVATE ${ATTLAS_WARNINGS})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
endfunction()

function(attlas_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS})
  attlas_configure_target(${name})
endfunction()

function(attlas_executable name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  attlas_configure_target(${name})
endfunction()

# A program that runs from the build folder and may read the checkout.
function(attlas_configure_check target folder)
  attlas_configure_target(${target})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${folder})
  target_compile_definitions(${target} PRIVATE
    ATTLAS_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ATTLAS_BINARY_DIR="${CMAKE_BINARY_DIR}")
  if(ATTLAS_SANITIZE MATCHES "thread")
    target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests/testing/thread_sanitizer.cc)
  endif()
  if(ATTLAS_SANITIZE MATCHES "address")
    target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests/testing/leak_sanitizer.cc)
  endif()
endfunction()

# Each case is a test of its own for ctest, in a process of its own. ONE_PROCESS makes one test of
# the whole program: for those whose set-up is dear, such as loading the dataset. The timeout ends
# what hangs; it is many times what a test takes, for a machine may be many times as busy.
include(GoogleTest)
function(attlas_test name)
  cmake_parse_arguments(ARG "ONE_PROCESS" "" "SOURCES;DEPS;LABELS;ENVIRONMENT" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  attlas_configure_check(${name} tests)
  if(ARG_ONE_PROCESS)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 1800 LABELS "${ARG_LABELS}"
      ENVIRONMENT "${ARG_ENVIRONMENT}")
    return()
  endif()
  set(properties TIMEOUT 600)
  # A list among properties would fall apart on its way to ctest.
  foreach(property LABELS ENVIRONMENT)
    if(ARG_${property})
      string(REPLACE ";" "\\;" value "${ARG_${property}}")
      list(APPEND properties ${property} "${value}")
    endif()
  endforeach()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 300 PROPERTIES ${properties})
endfunction()

function(attlas_benchmark name)
  if(NOT ATTLAS_BENCHMARKS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} benchmark::benchmark)
  attlas_configure_check(${name} bench)
endfunction()

# Precompiles the dear headers for one target of many sources; each target has its own.
function(attlas_pch_grpc target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  else()
    target_compile_options(${target} PRIVATE -Xclang -fno-pch-timestamp)
  endif()
  target_precompile_headers(${target} PRIVATE <grpcpp/grpcpp.h> <google/protobuf/message.h>)
endfunction()
