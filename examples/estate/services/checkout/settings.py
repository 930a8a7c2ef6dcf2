"""What the checkout reads from its environment."""

import os

DATABASE = os.environ["CHECKOUT_DATABASE"]
QUEUE = os.environ["CHECKOUT_QUEUE"]
