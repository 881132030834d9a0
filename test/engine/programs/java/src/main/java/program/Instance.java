package program;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;

/** As the SDK of the AWS provider has it. */
@ResourceType(type = "aws:ec2/instance:Instance")
final class Instance extends CustomResource {
    Instance(String name, Args args, CustomResourceOptions options) {
        super("aws:ec2/instance:Instance", name, args, options);
    }

    static Args args(String size, Map<String, Object> metadataOptions) {
        var args = new Args();
        args.instanceType = Output.of(size);
        args.metadataOptions = Output.of(metadataOptions);
        return args;
    }

    static final class Args extends ResourceArgs {
        @Import(name = "ami")
        private final Output<String> ami = Output.of("ami-0abcdef1234567890");

        @Import(name = "instanceType")
        private Output<String> instanceType;

        @Import(name = "metadataOptions")
        private Output<Map<String, Object>> metadataOptions;

        @Import(name = "iamInstanceProfile")
        private Output<String> iamInstanceProfile;

        @Import(name = "userData")
        private Output<String> userData;

        Args iamInstanceProfile(Output<String> value) {
            this.iamInstanceProfile = value;
            return this;
        }

        Args userData(Output<String> value) {
            this.userData = value;
            return this;
        }
    }
}
