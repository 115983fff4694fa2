# Generates C++ from every proto file, once, into the build folder.
#
# google/rpc is not in the gRPC packages; its protos come from the package
# golang-github-grpc-ecosystem-grpc-gateway-dev.
find_path(ATTLAS_GOOGLEAPIS google/rpc/error_details.proto
  PATHS /usr/share/gocode/src/github.com/grpc-ecosystem/grpc-gateway/third_party/googleapis
  NO_DEFAULT_PATH REQUIRED)

find_program(ATTLAS_PROTOC protoc REQUIRED)
if(NOT ATTLAS_CORE_ONLY)
  find_program(ATTLAS_GRPC_PLUGIN grpc_cpp_plugin REQUIRED)
endif()

set(ATTLAS_GENERATED ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${ATTLAS_GENERATED})

# attlas_generate(OUT_VARIABLE ROOT FILE SUFFIX PLUGIN_ARGUMENTS...): one proto to .cc and .h.
# The list of imports comes from protoc, so a change regenerates what imports it and nothing else.
function(attlas_generate out root file suffix)
  string(REGEX REPLACE "\\.proto$" "" base ${file})
  set(source ${ATTLAS_GENERATED}/${base}${suffix}.cc)
  set(header ${ATTLAS_GENERATED}/${base}${suffix}.h)
  set(imports ${ATTLAS_GENERATED}/${base}${suffix}.d)
  add_custom_command(
    OUTPUT ${source} ${header}
    COMMAND ${ATTLAS_PROTOC} -I${CMAKE_SOURCE_DIR}/proto -I${ATTLAS_GOOGLEAPIS}
            --dependency_out=${imports} ${ARGN} ${file}
    DEPENDS ${root}/${file}
    DEPFILE ${imports}
    COMMENT "Generating ${base}${suffix}.cc")
  set(${out} ${${out}} ${source} PARENT_SCOPE)
endfunction()
