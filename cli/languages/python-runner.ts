import { STANDS_IN } from "./environment";

/** How Python says that it lacks Pulumi's SDK. */
const NO_SDK = 77;

/** Tells whether the SDK is there without loading it, which takes a second. */
export const FIND_SDK = `
import importlib.util, sys
sys.exit(0 if importlib.util.find_spec("pulumi") else ${String(NO_SDK)})
`;

/**
 * Runs a program in a stack, as Pulumi's language host for Python does. The script that does it there comes with the
 * CLI and not with the SDK. Older SDKs know fewer settings.
 */
export const RUNNER = `
import argparse, asyncio, inspect, logging, os, pathlib, runpy, sys, traceback
from concurrent.futures import ThreadPoolExecutor
import pulumi, pulumi.runtime

parser = argparse.ArgumentParser()
for name in ("project", "stack", "organization", "root_directory", "monitor", "engine"):
    parser.add_argument("--" + name)
parser.add_argument("--parallel", type=int)
parser.add_argument("program")
args = vars(parser.parse_args())
program = args.pop("program")

config = pulumi.runtime.get_config_env()
if hasattr(pulumi.runtime, "set_all_config"):
    pulumi.runtime.set_all_config(config, pulumi.runtime.get_config_secret_keys_env())
else:
    for key, value in config.items():
        pulumi.runtime.set_config(key, value)
known = inspect.signature(pulumi.runtime.Settings.__init__).parameters
settings = {key: value for key, value in {**args, "dry_run": True}.items() if key in known}
pulumi.runtime.configure(pulumi.runtime.Settings(**settings))

# The SDK tells the engine all that it does, and waits for each message. Nobody reads them.
pulumi.log.debug = lambda *args, **named: None

if hasattr(pulumi.StackReference, "get_output_details"):
    answered = pulumi.StackReference.get_output_details

    async def get_output_details(self, name):
        # What is not known is not nothing: a machine would seem to have no profile.
        details = await answered(self, name)
        if details.value is None and details.secret_value is None:
            details.value = pulumi.runtime.rpc.UNKNOWN
        return details

    pulumi.StackReference.get_output_details = get_output_details

def stand_in(name, value):
    required = getattr(pulumi.Config, name, None)
    if required is None:
        return

    def require(self, *args, **named):
        try:
            return required(self, *args, **named)
        except Exception as error:
            pulumi.log.error(str(error))
            return pulumi.Output.secret(value) if "secret" in name else value

    setattr(pulumi.Config, name, require)

if os.environ.get("${STANDS_IN}"):
    # The program goes on, so that all that it lacks is named at once.
    for kind, value in (("", "1"), ("_bool", True), ("_int", 1), ("_float", 1.0), ("_object", {})):
        stand_in("require" + kind, value)
        stand_in("require_secret" + kind, value)

registration = sys.modules.get("pulumi.runtime.resource")
packages = os.path.dirname(os.path.dirname(os.path.abspath(pulumi.__file__))) + os.sep

def own_position(skip):
    """Where the program creates the resource: neither in a package nor in the constructors of its own class."""
    frame = sys._getframe(1)
    resource = frame.f_locals.get("res")
    while frame is not None:
        file, names = frame.f_code.co_filename, frame.f_code.co_varnames
        constructs = resource is not None and bool(names) and frame.f_locals.get(names[0]) is resource
        if os.path.isabs(file) and not file.startswith(packages) and not constructs:
            return registration.source_pb2.SourcePosition(uri=pathlib.Path(file).as_uri(), line=frame.f_lineno)
        frame = frame.f_back
    return None

# Versions that tell one frame only count how far it is away, which depends on the package.
position = getattr(registration, "_get_source_position", None)
if position is not None and "skip" in inspect.signature(position).parameters:
    registration._get_source_position = own_position

sys.argv = [program]
# Frames name a file as it is given here, and the SDK tells absolute ones only.
start = program if os.path.isdir(program) else os.path.abspath(program)
sys.path[0] = os.getcwd()
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
executor = ThreadPoolExecutor(max_workers=args["parallel"] * 4)
loop.set_default_executor(executor)
# What a program that fails leaves undone is no news.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)

def own_frames(error):
    """The part of the stack that is the program's."""
    start = os.path.join(program, "__main__.py") if os.path.isdir(program) else program
    frames = traceback.extract_tb(error.__traceback__)
    at = next((i for i, frame in enumerate(frames) if os.path.realpath(frame.filename) == os.path.realpath(start)), 0)
    lines = traceback.format_list(frames[at:]) + traceback.format_exception_only(type(error), error)
    return "".join(lines)

code = 1
try:
    loop.run_until_complete(pulumi.runtime.run_in_stack(lambda: runpy.run_path(start, run_name="__main__")))
    code = 0
except pulumi.RunError as error:
    pulumi.log.error(str(error))
except Exception as error:
    pulumi.log.error("Program failed with an unhandled exception:\\n" + own_frames(error))
finally:
    executor.shutdown(wait=True)
    loop.close()
    sys.stdout.flush()
    sys.stderr.flush()
sys.exit(code)
`;
