# Every library that the C++ parts use; docs/dependencies.md says why.
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(GTest REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)

if(TARGET RocksDB::rocksdb-shared)
  set(ATTLAS_ROCKSDB_TARGET RocksDB::rocksdb-shared)
else()
  set(ATTLAS_ROCKSDB_TARGET RocksDB::rocksdb)
endif()

# libcsv ships no CMake or pkg-config file.
find_path(CSV_INCLUDE_DIR csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
add_library(csv::csv UNKNOWN IMPORTED)
set_target_properties(csv::csv PROPERTIES
  IMPORTED_LOCATION ${CSV_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${CSV_INCLUDE_DIR})

if(ATTLAS_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()

if(NOT ATTLAS_CORE_ONLY)
  find_package(gRPC CONFIG REQUIRED)
  find_package(CLI11 REQUIRED)
  pkg_check_modules(RHONABWY REQUIRED IMPORTED_TARGET librhonabwy)
  pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
  pkg_check_modules(XAPIAN REQUIRED IMPORTED_TARGET xapian-core)
  pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc)
  find_package(spdlog REQUIRED)
  find_package(prometheus-cpp CONFIG REQUIRED)
  find_package(Boost 1.74 REQUIRED)
  find_package(ZLIB REQUIRED)
  pkg_check_modules(JEMALLOC REQUIRED IMPORTED_TARGET jemalloc)
endif()

# The allocator of programs that serve. Sanitizers and valgrind bring their own.
add_library(attlas_allocator INTERFACE)
if(NOT ATTLAS_CORE_ONLY AND NOT ATTLAS_SANITIZE)
  target_link_libraries(attlas_allocator INTERFACE PkgConfig::JEMALLOC)
endif()
